"""What -a may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import arguments
from crawler.errors import ArgumentError


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"max_articles": "0"}, "max_articles='0': a number from 1"),
        ({"max_articles": "ten"}, "max_articles='ten'"),
        ({"max_articles": "-3"}, "max_articles='-3'"),
        ({"since": "yesterday"}, "since='yesterday': a day as YYYY-MM-DD"),
        ({"since": "2026-02-30"}, "since='2026-02-30'"),
        ({"since": "2026-02-03", "until": "2026-02-02"}, "is after"),
        ({"sectoins": "world"}, "unknown argument 'sectoins': the arguments are max_articles, since, until, sections"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(given: dict[str, str], says: str) -> None:
    with pytest.raises(ArgumentError, match=says.replace("(", r"\(")):
        arguments.parse(given)


def test_days_are_included_and_an_unknown_date_is_let_in() -> None:
    run = arguments.parse({"since": "2026-11-10", "until": "2026-11-12"})
    assert [
        run.wants(day) for day in ("2026-11-09T23:59:00+00:00", "2026-11-10", "2026-11-12T23:00:00", "2026-11-13", None)
    ] == [False, True, True, False, True]


def test_addresses_come_with_commas_between_them_and_keep_their_own() -> None:
    found = arguments.parse({"url": "https://a.example/x,1,https://b.example/y"}, allowed=arguments.ADDRESSES)
    assert found.urls == ("https://a.example/x,1", "https://b.example/y")


def test_a_file_of_addresses_may_have_comments_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("# mine\n\nhttps://a.example/خبر\n  https://b.example/2  \n", encoding="utf-8")
    assert arguments.parse({"file": str(path)}, allowed=arguments.ADDRESSES).urls == (
        "https://a.example/خبر",
        "https://b.example/2",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [("https://a.example/\nnonsense\n", "list.txt, line 2: 'nonsense'"), ("\n# none\n", "no address in it")],
)
def test_a_broken_file_of_addresses_is_named_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "list.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArgumentError, match=says):
        arguments.parse({"file": str(path)}, allowed=arguments.ADDRESSES)


@pytest.mark.parametrize(
    "given", [{}, {"url": "https://a.example/", "file": "x"}, {"url": "ftp://a.example/"}, {"file": "/does/not/exist"}]
)
def test_urls_wants_one_source_of_whole_addresses(given: dict[str, str]) -> None:
    with pytest.raises(ArgumentError):
        arguments.parse(given, allowed=arguments.ADDRESSES)
