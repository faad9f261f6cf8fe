"""One crawl, all formats: each opens with its own library and holds the same articles."""

from __future__ import annotations

import json
import subprocess
import sys
import warnings
from dataclasses import replace
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import pandas
import pyarrow.parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import formats
from crawler.errors import ArgumentError
from crawler.exporters import parquet
from crawler.exporters.lines import PlainJsonLines
from crawler.exporters.parquet import Parquet
from crawler.exporters.sheet import ReadableCsv
from crawler.exporters.syndication import Atom, JsonFeed, Rss
from crawler.items import ARTICLE_FIELDS, Article, Link, Removed
from crawler.records import markdown
from tests import readers
from tests.conftest import ROOT
from tests.records.samples import article


def written(exporter: Any, *articles: Article) -> bytes:
    file = BytesIO()
    made = exporter(file, fields_to_export=list(ARTICLE_FIELDS), encoding="utf-8")
    made.start_exporting()
    for one in articles:
        made.export_item(one)
    made.finish_exporting()
    return file.getvalue()


def test_each_format_opens_with_its_own_library_and_holds_the_same_articles(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    names: dict[str, Any] = {str(tmp_path / name): {} for name in readers.READERS}
    names[str(tmp_path / "md/%(batch_id)d.md")] = {}
    done = crawl("rt_arabic", "-s", f"FEEDS={json.dumps(names)}")
    assert done.code == 0, done.output
    wanted = readers.lines(tmp_path / "a.jsonl")
    assert len(wanted) == 40
    for name, read in readers.READERS.items():
        assert read(tmp_path / name) == wanted, name
    assert readers.documents(tmp_path / "md") == wanted


def test_parquet_has_dates_lists_and_records_as_such_for_duckdb_pandas_and_datasets(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    one = article(
        date_published="2026-11-24T12:00:00+03:00",
        date_modified="2026-11-25",
        keywords=("بحر", "ميناء"),
        related=(Link(headline="خبر", url=None),),
    )
    path.write_bytes(written(Parquet, one, article(url="https://news.example/2", date_published=None)))
    query = f"SELECT date_published, keywords[2], related[1].headline, revision + 1 FROM '{path}'"
    first, second = duckdb.sql(f"SET TimeZone='UTC'; {query}").fetchall()
    assert first[0] == datetime(2026, 11, 24, 9, tzinfo=timezone.utc)
    assert (first[1:], second[0]) == (("ميناء", "خبر", 2), None)
    frame = pandas.read_parquet(path)
    assert str(frame["date_modified"].dtype) == "datetime64[us, UTC]"
    assert frame["date_modified"][0] == pandas.Timestamp("2026-11-25", tz="UTC")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import datasets  # noqa: PLC0415

        loaded = datasets.load_dataset("parquet", data_files=str(path), split="train", cache_dir=str(tmp_path / "c"))
    assert loaded[0]["body"] == one.body
    assert loaded[0]["field_sources"] == [{"key": "headline", "value": "h1"}]
    assert loaded.features["images"].feature["caption"].dtype == "string"


def test_parquet_is_written_a_row_group_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS", 10)
    monkeypatch.setattr(parquet, "GROUP", 1)
    content = written(Parquet, *(article(url=f"https://news.example/{n}") for n in range(25)))
    file = pyarrow.parquet.ParquetFile(BytesIO(content))
    assert [file.metadata.row_group(at).num_rows for at in range(file.num_row_groups)] == [10, 10, 5]
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"
    assert file.schema_arrow.metadata[b"crawler.schema_version"] == b"1"


def test_a_parquet_feed_without_articles_has_the_columns() -> None:
    assert pyarrow.parquet.read_table(BytesIO(written(Parquet))).column_names == list(ARTICLE_FIELDS)


@pytest.mark.parametrize("wrong", [{"date_published": "yesterday"}, {"body": "half \ud800 a character, in words"}])
def test_what_no_column_can_hold_is_refused_before_it_is_taken(wrong: dict[str, str]) -> None:
    exporter = Parquet(BytesIO(), fields_to_export=list(ARTICLE_FIELDS))
    with pytest.raises(ValueError, match=r"isoformat|surrogates"):
        exporter.export_item(article(**wrong))
    assert not exporter.rows
    assert not exporter.broken


@pytest.mark.parametrize("exporter", [Rss, Atom])
def test_rss_and_atom_are_valid_for_the_strictest_reader_whatever_an_article_holds(exporter: Any) -> None:
    odd = article(headline="أ & <b> \x0b", body="a < b & c\n\n]]> \x00 end", authors=("سلمى العمري",))
    odd = replace(odd, section="عالم", description="ملخص")
    bare = article(headline=None, description=None, date_published=None, authors=(), keywords=(), section=None)
    found = feedparser.parse(written(exporter, odd, bare))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version in ("rss20", "atom10")
    first, second = found.entries
    assert first.title.startswith("أ &")
    assert "a &lt; b &amp; c" in first.content[0].value
    assert next(term["term"] for term in first.tags) == "عالم"
    assert "سلمى العمري" in str(first)
    assert second.title.startswith("The council met")
    if exporter is Rss:
        assert "published_parsed" not in second, "never today's date for a story without one"


@pytest.mark.parametrize("exporter", [Rss, Atom, JsonFeed])
def test_a_feed_without_articles_is_whole_too(exporter: Any) -> None:
    content = written(exporter)
    if exporter is JsonFeed:
        assert json.loads(content)["items"] == []
    else:
        assert not feedparser.parse(content).bozo


def test_json_feed_says_what_its_specification_asks_for() -> None:
    feed = json.loads(written(JsonFeed, article(), article(url="https://news.example/2")))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    assert [set(item) >= {"id", "url", "content_html"} for item in feed["items"]] == [True, True]


# --- spreadsheets -------------------------------------------------------------------------------


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_of_a_sheet_is_a_formula(start: str) -> None:
    evil = f"{start}HYPERLINK(1)"
    content = written(ReadableCsv, article(headline=evil, keywords=(evil, "b"), authors=(evil,)))
    frame = pandas.read_csv(BytesIO(content))
    assert frame["headline"][0] == f"'{evil}"
    assert frame["keywords"][0] == f"'{evil}; b"
    assert frame["authors"][0] == f"'{evil}"


def test_a_sheet_opens_as_utf_8_and_its_lists_read_well() -> None:
    one = article(
        related=(Link(headline="خبر", url="https://news.example/3"), Link(headline="آخر", url=None)),
        removed=(Removed(kind="source", rule="label", text="المصدر: س"),),
    )
    content = written(ReadableCsv, one)
    assert content.startswith(b"\xef\xbb\xbf"), "without the mark Excel takes it for the system's code page"
    [row] = pandas.read_csv(BytesIO(content)).to_dict("records")
    assert row["related"] == "خبر | https://news.example/3\nآخر | "
    assert row["removed"] == "source | label | المصدر: س"
    assert row["field_sources"] == "headline: h1"


def test_rows_that_are_appended_have_no_second_header(crawl, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.csv"
    for _ in range(2):
        done = crawl("rt_arabic", "-a", "max_articles=2", "-o", str(path))
        assert done.code == 0, done.output
    frame = pandas.read_csv(path)
    assert len(frame) == frame["url"].nunique() == 4


# --- Markdown -----------------------------------------------------------------------------------

_LETTERS = st.text(st.sampled_from(list("ab1 .)#-+*_`<>&|\\[]!~=$:'\"(و")), min_size=1, max_size=30)
_PARAGRAPHS = st.lists(
    st.lists(_LETTERS.map(str.strip).filter(bool), min_size=1, max_size=3).map("\n".join), min_size=1, max_size=4
)


@given(_PARAGRAPHS)
def test_markdown_renders_as_the_body_reads(paragraphs: list[str]) -> None:
    body = "\n\n".join(paragraphs)
    document = markdown.document(article(body=body), ARTICLE_FIELDS)
    assert readers.rendered(document.split("---\n", 2)[2]) == body


# --- names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("uri", "format_", "packing"),
    [
        ("a.jsonl.gz", "jsonl", "gz"),
        ("s3://b/%(name)s/a.parquet", "parquet", None),
        ("out/a.csv.zst", "csv", "zst"),
        ("a", "", None),
    ],
)
def test_a_name_says_format_and_compression(uri: str, format_: str, packing: str | None) -> None:
    assert formats.named(uri) == (format_, packing)


@pytest.mark.parametrize(
    ("appended", "overwritten", "message"),
    [
        (["a.jsonl"], ["b.jsonl"], "one of -o and -O"),
        ([], ["articles"], "has no format"),
        (["a.parquet"], [], "-O overwrites"),
        ([], ["all.md"], "%(batch_id)d"),
    ],
)
def test_a_feed_that_cannot_be_is_refused_with_what_to_do(
    appended: list[str], overwritten: list[str], message: str
) -> None:
    with pytest.raises(ArgumentError) as caught:
        formats.of_command_line(appended, overwritten, list(formats.FORMATS))
    assert message in str(caught.value)


def test_a_wrong_feed_name_ends_with_a_message_and_exit_code_2(crawl) -> None:  # type: ignore[no-untyped-def]
    done = crawl("rt_arabic", "-o", "a.parquet")
    assert done.code == 2
    assert "nothing can be appended to a file of parquet" in done.output
    assert "Traceback" not in done.output


def test_json_lines_hold_articles_in_one_line_each() -> None:
    assert written(PlainJsonLines, article(), article()).count(b"\n") == 2


def test_a_crawl_that_writes_no_parquet_does_not_load_it() -> None:
    loads = "import sys; from scrapy.utils.misc import load_object; from crawler.settings import FEED_EXPORTERS\n"
    loads += "[load_object(exporter) for exporter in FEED_EXPORTERS.values()]; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", loads], cwd=ROOT, check=False).returncode == 0
