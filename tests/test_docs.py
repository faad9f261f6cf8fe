"""The documents say what the code does."""

from __future__ import annotations

import doctest
import importlib
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import fields
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest
from scrapy.settings import Settings

from crawler import formats
from crawler.items import ARTICLE_FIELDS, REJECTION_FIELDS, Article, Reason, Rejection
from tests import consoles, docs
from tests.conftest import ROOT
from tests.newsroom.server import Newsroom

CODE = sorted((ROOT / "crawler").rglob("*.py"))
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted({document for document, _ in docs.tables()}))
def test_generated_tables_are_current(name: str) -> None:
    assert (docs.DOCS / name).read_text(encoding="utf-8") == docs.filled(name), "run make docs"


@pytest.mark.parametrize("name", [*ARTICLE_FIELDS, *REJECTION_FIELDS, *Reason, "raw_text", "blocks", "edits"])
def test_every_field_and_reason_is_documented(name: str) -> None:
    assert f"`{name}`" in (docs.DOCS / "records.md").read_text(encoding="utf-8")


def test_the_feeds_hold_every_field_but_the_audit_ones() -> None:
    assert {f.name for f in fields(Article)} - set(ARTICLE_FIELDS) == {"raw_text", "blocks", "edits"}
    assert {f.name for f in fields(Rejection)} == set(REJECTION_FIELDS)


@pytest.mark.parametrize("path", sorted([ROOT / "README.md", *docs.DOCS.glob("*.md")]), ids=lambda p: p.name)
def test_links_and_named_files_exist(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (path.parent / target).exists(), target
    for named in re.findall(r"`(crawler/[\w/.]+\.(?:py|toml))`", text):
        assert (ROOT / named).exists() or "my_site" in named, named


@pytest.mark.parametrize("path", [p for p in CODE if ">>> " in p.read_text(encoding="utf-8")], ids=lambda p: p.stem)
def test_the_examples_of_a_docstring_give_what_it_says(path: Path) -> None:
    names = [part for part in path.relative_to(ROOT).with_suffix("").parts if part != "__init__"]
    failed, tried = doctest.testmod(importlib.import_module(".".join(names)))
    assert tried
    assert not failed


def test_the_readme_opens_with_the_two_commands_and_knows_every_command() -> None:
    assert README.index("make demo") < README.index("make test") < 3000
    listed = subprocess.run(
        [sys.executable, "-m", "scrapy", "--help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    ours = {path.stem for path in (ROOT / "crawler/commands").glob("*.py")} - {"__init__"}
    for command in ours:
        assert re.search(rf"^  {command} ", listed, re.MULTILINE)
        assert f"scrapy {command}" in README


@pytest.mark.parametrize("name", consoles.DOCUMENTS)
def test_every_command_of_a_document_prints_what_the_document_says(
    name: str, newsroom: Newsroom, tmp_path: Path
) -> None:
    shell = consoles.Shell(tmp_path, newsroom)
    for command, output in consoles.steps((docs.DOCS / name).read_text(encoding="utf-8")):
        assert consoles.plain(shell.run(command)) == consoles.plain(output), command


def test_every_command_has_its_place_among_the_documented_ones() -> None:
    places = re.findall(r"^## (.+)$", (docs.DOCS / "commands.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(places) == {path.stem for path in (ROOT / "crawler/commands").glob("*.py")} - {"__init__"} | {"list"}


def test_every_storage_example_is_one_that_the_settings_take() -> None:
    text = (docs.DOCS / "operations.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    schemes, settings = set(), Settings()
    settings.setmodule("crawler.settings")
    for block in blocks:
        given: dict[str, Any] = {}
        exec(block, {"os": SimpleNamespace(environ=defaultdict(str))}, given)
        for uri, options in formats.completed(given.pop("FEEDS")).items():
            assert options["format"] in settings.getwithbase("FEED_EXPORTERS"), uri
            schemes.add(urlsplit(uri).scheme)
        assert all(name in settings for name in given), given
    assert schemes == {"", "s3", "gs", "ftp", "sftp"} <= set(settings.getwithbase("FEED_STORAGES"))


def test_every_setting_has_its_reason() -> None:
    lines = (ROOT / "crawler/settings.py").read_text(encoding="utf-8").splitlines()
    for at, line in enumerate(lines):
        if re.match(r"[A-Z_]+( *:.*)? = ", line) and "#" not in line:
            block = at
            while lines[block - 1].strip() and not lines[block - 1].startswith("#"):
                block -= 1
            assert lines[block - 1].startswith("#") or line.startswith(
                (
                    "BOT_NAME",
                    "SPIDER_MODULES",
                    "NEWSPIDER_MODULE",
                    "COMMANDS_MODULE",
                    "DOWNLOADER_M",
                    "EXTENSIONS",
                    "ITEM_PIPELINES",
                    "FEED_EXPORTERS",
                )
            ), line
