"""Site definitions, and every saved page of every site."""

from __future__ import annotations

import importlib
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from crawler import engine
from crawler.engine import markup
from crawler.errors import SiteError
from crawler.items import Page
from crawler.records import fixtures
from crawler.scores import Score
from crawler.sites import Feed, Listing, Site, all_sites, site_for
from tests.conftest import SHARED
from tests.newsroom.standins import ADDRESSES

HERE = Path(__file__).parent
FIXTURES = sorted(path.parent for path in HERE.glob("*/*/expected.json"))
GOOD: dict[str, Any] = {
    "name": "x",
    "domains": ("x.example",),
    "language": "ar",
    "seeds": (Feed("https://x.example/rss"),),
    "article_url": r"/\d+",
}


def _rows() -> list[dict[str, Any]]:
    """The saved real articles of defined sites, as the data's index has them."""
    index = SHARED / "data/arabic/index.jsonl"
    rows = map(json.loads, index.read_text(encoding="utf-8").splitlines()) if index.exists() else []
    return [row for row in rows if row["gold"] and row["url"] and site_for(row["url"])]


@pytest.mark.parametrize("name", all_sites())
def test_every_site_has_a_saved_page(name: str) -> None:
    assert [folder for folder in FIXTURES if folder.parent.name == name], f"save one: scrapy fixture URL --site {name}"


@pytest.mark.parametrize("folder", FIXTURES, ids=lambda f: f"{f.parent.name}/{f.name}")
def test_a_saved_page_gives_what_a_person_expects_of_it(folder: Path) -> None:
    page, wanted = fixtures.load(folder)
    found = fixtures.expected(engine.process(page, all_sites()[page.site or ""]))
    assert sorted(found) == sorted(wanted)
    for name, value in wanted.items():
        assert found[name] == value, name


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"name": "Bad-Name"}, "site 'Bad-Name': name"),
        ({"domains": ()}, "site 'x': domains"),
        ({"seeds": (Feed("https://elsewhere.example/rss"),)}, "site 'x': seeds: 'https://elsewhere.example/rss'"),
        ({"seeds": (Feed("ftp://x.example/rss"),)}, "site 'x': seeds"),
        ({"article_url": "("}, r"site 'x': pattern '\('"),
        ({"content": ("div[",)}, r"site 'x': selector 'div\['"),
        ({"drop": ("p::",)}, "site 'x': selector 'p::'"),
        ({"drop_text": ("[",)}, r"site 'x': pattern '\['"),
        ({"country": "Egypt"}, "site 'x': country: two letters"),
        ({"timezone": "Africa/Nowhere"}, "site 'x': timezone: 'Africa/Nowhere' is not known"),
    ],
)
def test_a_broken_definition_fails_when_it_is_built_with_its_name(change: dict[str, Any], says: str) -> None:
    with pytest.raises(SiteError, match=says):
        Site(**(GOOD | change))


@pytest.mark.parametrize("name", all_sites())
def test_article_addresses_are_told_from_the_others(name: str) -> None:
    known = ADDRESSES[name]
    assert known["articles"]
    assert known["others"]
    assert set(known.get("made_up", ())) <= {*known["articles"], *known["others"]}
    assert [url for url in known["articles"] if not all_sites()[name].is_article(url)] == []
    assert [url for url in known["others"] if all_sites()[name].is_article(url)] == []


def test_no_site_takes_the_articles_of_another() -> None:
    for name, known in ADDRESSES.items():
        for url in known["articles"]:
            assert [site.name for site in all_sites().values() if site.is_article(url)] == [name], url


@pytest.mark.parametrize("name", all_sites())
def test_every_definition_says_where_its_facts_come_from(name: str) -> None:
    said = importlib.import_module(f"crawler.sites.{name}").__doc__ or ""
    _, found, evidence = said.partition("Evidence: ")
    assert found
    kept = r"saved (\w+ )?(page|feed|digest|blog)"
    assert re.search(rf"{kept}|https?://\S+|github\.com/\S+", " ".join(evidence.split())), "what it can be looked up in"
    assert re.search(r"\b(sure|likely|unsure)\b|drafted by", evidence), "how sure it is"


def test_there_are_thirty_arabic_sites_of_fourteen_countries() -> None:
    arabic = [site for site in all_sites().values() if site.language == "ar"]
    assert len(arabic) >= 30
    assert len({site.country for site in arabic} - {None}) >= 14


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["site"])
@pytest.mark.parametrize("defined", [True, False], ids=["with its definition", "without"])
def test_the_saved_real_page_of_a_site_gives_gold(shared: Path, row: dict[str, Any], *, defined: bool) -> None:
    gold = json.loads((shared / "data/arabic" / row["gold"]).read_text(encoding="utf-8"))
    body = (shared / "data/arabic" / row["file"]).read_bytes()
    page = Page(url=row["url"], body=body, content_type=f"text/html; charset={row['encoding']}")
    site = site_for(row["url"])
    assert site
    assert site.is_article(row["url"])
    gold["body"] = unicodedata.normalize("NFC", gold["body"])  # as the engine writes: one gold has alef and madda apart
    score = Score()
    score.add_text(gold, engine.process(page, site if defined else None).body)  # type: ignore[union-attr]
    assert score.figures()["f1"] == 1.0


def test_an_address_finds_its_site() -> None:
    found = site_for("https://arabic.rt.com/x")
    assert found
    assert found.name == "rt_arabic"
    assert site_for("https://nobody.example/") is None


def test_a_mirror_moves_seeds_and_keeps_patterns() -> None:
    site = Site(**(GOOD | {"seeds": (Feed("https://x.example/rss"), Listing("https://x.example/"))})).mirrored(
        "http://127.0.0.1:8001"
    )
    assert [seed.url for seed in site.seeds] == ["http://127.0.0.1:8001/rss", "http://127.0.0.1:8001/"]
    assert site.is_article("http://127.0.0.1:8001/world/12")
    assert not site.is_article("http://127.0.0.1:9999/world/12")


def test_a_page_cannot_mark_itself() -> None:
    html = "<html><body><div crawler-mark='drop'><p>نص أول</p></div><p>نص ثان</p></body></html>"
    assert not any("crawler-mark" in written for _, _, written, _ in markup.read(html.encode()).tokens)


def test_a_selector_is_believed_against_a_misleading_name() -> None:
    text = "نص الفقرة التي تخص الخبر وفيها ما يكفي من الكلمات لتكون فقرة كاملة من فقراته."
    other = "<p>هذه فقرة طويلة من مكان آخر في الصفحة نفسها لا علاقة لها بالخبر الذي نريد قراءته هنا.</p>"
    html = f"<html><body><div class='related-box'><div class='mine'><p>{text}</p><p>{text[::-1]}.</p></div></div><div>{other * 5}</div></body></html>"
    record = engine.process(
        Page(url="https://x.example/1", body=html.encode()), Site(**(GOOD | {"content": ("div.mine",)}))
    )
    assert record.body == f"{text}\n\n{text[::-1]}."  # type: ignore[union-attr]


def test_the_first_selector_that_matches_wins_and_no_match_leaves_it_to_the_scorer() -> None:
    site = Site(**(GOOD | {"content": ("div.old", "div.new"), "drop": ("div.card",)}))
    text = "نص الفقرة التي تخص الخبر وفيها ما يكفي من الكلمات لتكون فقرة كاملة من فقراته."
    html = "<html><body><p>x</p><div class='{}'><p>{}</p><div class='card'>بطاقة من كلمات قليلة</div><p>{}</p></div></body></html>"
    for name in ("old", "new", "newest"):
        body = html.format(name, text, text.replace("الفقرة", "الجملة")).encode()
        record = engine.process(Page(url="https://x.example/1", body=body), site)
        assert record.body == f"{text}\n\n{text.replace('الفقرة', 'الجملة')}"  # type: ignore[union-attr]
        assert record.field_sources["body"] == ("scorer" if name == "newest" else "selector")  # type: ignore[union-attr]
        assert [(r.rule, r.text) for r in record.removed] == [("site_drop", "بطاقة من كلمات قليلة")]  # type: ignore[union-attr]
