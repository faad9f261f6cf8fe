"""Near-duplicates across sites and runs."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, inspect, select, text, update

from crawler.dedup import THRESHOLD, sketch
from crawler.engine.fingerprint import exact, shingles
from crawler.state import similar
from crawler.state.database import Database
from crawler.state.schema import bands, version
from crawler.state.similar import Similar, Sketched

WORDS = "قال وزير الطاقة إن المشروع الجديد يوفر الكهرباء لسكان المدينة خلال العام المقبل بعد انتهاء أعمال البناء في الميناء".split()


def article(number: int, text: str, spider: str = "site") -> Sketched:
    url = f"https://{spider}.example/{number}"
    return Sketched(number, spider, url, exact(text), tuple(sketch(shingles(text)).digest()))


def text_of(seed: int, length: int = 120) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=length))


def test_the_same_words_and_nearly_the_same_are_found_in_this_run_and_in_later_ones(database: Database) -> None:
    original = text_of(1)
    nearly = original.replace(original.split()[50], "كلمة", 1)
    run = Similar(database, since=0)
    assert run.find(article(1, original), THRESHOLD) == (None, None)
    run.add(article(1, original))
    _finds(run, original, nearly)
    run.flush(now=100)
    _finds(run, original, nearly)
    _finds(Similar(database, since=50), original, nearly)


def _finds(index: Similar, original: str, nearly: str) -> None:
    same, _ = index.find(article(2, original, "other"), THRESHOLD)
    assert same is not None
    assert same.url == "https://site.example/1"
    same, near = index.find(article(2, nearly, "other"), THRESHOLD)
    assert same is None
    assert near is not None
    assert near.url == "https://site.example/1"
    assert index.find(article(3, text_of(2)), THRESHOLD) == (None, None)
    assert index.find(article(1, original), THRESHOLD) == (None, None), "no article is its own duplicate"


def test_of_equal_articles_the_one_of_the_same_spider_is_named(database: Database) -> None:
    run = Similar(database, since=0)
    for number, spider in ((1, "other"), (2, "site"), (3, "third")):
        run.add(article(number, text_of(1), spider))
        run.flush(now=100 + number)
    for spider, number in (("site", 2), ("third", 3), ("fourth", 1)):
        same, _ = run.find(article(9, text_of(1), spider), THRESHOLD)
        assert same is not None
        assert same.address == number


def test_a_new_revision_replaces_the_old_one_and_old_articles_are_forgotten(database: Database) -> None:
    run = Similar(database, since=0)
    run.add(article(1, text_of(1)))
    run.flush(now=100)
    run.add(article(1, text_of(2)))
    run.flush(now=100)
    assert run.find(article(9, text_of(1)), THRESHOLD) == (None, None)
    assert run.find(article(9, text_of(2)), THRESHOLD)[0] is not None
    assert Similar(database, since=101).find(article(9, text_of(2)), THRESHOLD) == (None, None)


def _rows_of_bands(database: Database) -> int:
    with database.read() as connection:
        return connection.execute(select(func.count()).select_from(bands)).scalar_one()


def test_no_band_of_a_forgotten_or_replaced_article_is_kept(database: Database) -> None:
    run = Similar(database, since=0)
    for number in (1, 2, 3):
        run.add(article(number, text_of(number)))
    run.flush(now=100)
    run.add(article(3, text_of(4)))
    run.flush(now=200)
    assert _rows_of_bands(database) == 3 * similar.BANDS
    Similar(database, since=150)
    assert _rows_of_bands(database) == similar.BANDS
    with database.begin() as connection:
        similar.take_out(connection, [3, 4])
    assert _rows_of_bands(database) == 0


def test_an_index_from_before_bands_had_a_key_is_found_in_all_the_same(state_url: str) -> None:
    database = Database(state_url)
    run = Similar(database, since=0)
    run.add(article(1, text_of(1)))
    run.flush(now=100)
    with database.begin() as connection:
        connection.execute(text("CREATE TABLE keyless (band BIGINT NOT NULL, address BIGINT NOT NULL)"))
        connection.execute(text("INSERT INTO keyless SELECT band, address FROM bands"))
        connection.execute(text("DROP TABLE bands"))
        connection.execute(text("ALTER TABLE keyless RENAME TO bands"))
        for column in ("band", "address"):
            connection.execute(text(f"CREATE INDEX ix_bands_{column} ON bands ({column})"))
        connection.execute(update(version).values(number=3))
    database.close()
    for _ in range(2):
        database = Database(state_url)
        index = Similar(database, since=0)
        _finds(index, text_of(1), text_of(1).replace(text_of(1).split()[50], "كلمة", 1))
        with database.read() as connection:
            assert inspect(connection).get_pk_constraint("bands")["constrained_columns"] == ["band", "address"]
            assert inspect(connection).get_indexes("bands") == []
        database.close()


@given(st.integers(0, 1000), st.integers(0, 119))
@settings(max_examples=60, deadline=None)
def test_one_changed_word_leaves_most_bands_as_they_are(seed: int, at: int) -> None:
    words = text_of(seed).split()
    changed = [*words[:at], "تغيير", *words[at + 1 :]]
    one, other = (article(1, " ".join(text)).digest for text in (words, changed))
    assert similar.jaccard(one, other) >= THRESHOLD
    assert set(similar.bands_of(one)) & set(similar.bands_of(other))
