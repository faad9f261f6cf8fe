"""Who may import whom, as docs/ and the design say."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

CRAWLER = ROOT / "crawler"
MODULES = sorted(CRAWLER.rglob("*.py"))
PURE = (
    "engine",
    "sites",
    "records",
    "reports",
    "archives",
    "corpora",
    "explain",
    "formats",
    "remote",
    "batch",
    "dedup",
    "state",
    "store",
    "retries",
    "revisions",
    "manners",
    "seeds",
    "arguments",
    "items",
    "errors",
    "urls",
)
NOT_FOR_PURE = ("scrapy", "twisted", "random", "time")
STDLIB_ONLY = ("items", "errors", "urls")
ENGINE_MAY = {
    "chardet",
    "gcld3",
    "hijridate",
    "numpy",
    "persiantools",
    "selectolax",
    "w3lib",
    "tomli",
    "crawler",
}


def imports(path: Path) -> set[str]:
    """All modules that a file imports, relative ones made absolute."""
    package = ("crawler", *path.relative_to(CRAWLER).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            found.add(".".join(part for part in (base, node.module or "") if part))
    return found


def room(path: Path) -> str:
    """The part of the house that a module is in: ``engine``, ``sites``, ``urls``, …"""
    return path.relative_to(CRAWLER).parts[0].removesuffix(".py")


def top(names: set[str]) -> set[str]:
    """The packages of module names."""
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in PURE], ids=lambda p: str(p.relative_to(CRAWLER)))
def test_pure_rooms_know_nothing_of_scrapy_clocks_and_chance(path: Path) -> None:
    assert not top(imports(path)) & set(NOT_FOR_PURE)
    source = path.read_text(encoding="utf-8")
    assert "os.environ" not in source
    assert "datetime.now" not in source


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) in STDLIB_ONLY], ids=lambda p: p.name)
def test_records_errors_and_addresses_need_the_standard_library_only(path: Path) -> None:
    assert top(imports(path)) <= set(sys.stdlib_module_names) | {"crawler"}


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) == "engine"], ids=lambda p: p.name)
def test_the_engine_leans_on_records_addresses_and_the_site_type_alone(path: Path) -> None:
    names = imports(path)
    assert top(names) <= set(sys.stdlib_module_names) | ENGINE_MAY
    ours = {name for name in names if name.startswith("crawler.") and not name.startswith("crawler.engine")}
    assert ours <= {"crawler.items", "crawler.errors", "crawler.urls", "crawler.sites.site"}


def test_the_engine_starts_without_the_trees_and_the_crawler_that_it_does_not_need() -> None:
    asked = "import sys, crawler.engine; print(*{'lxml', 'parsel', 'scrapy', 'twisted'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("path", [p for p in MODULES if room(p) == "sites"], ids=lambda p: p.name)
def test_a_site_leans_on_the_site_type_alone(path: Path) -> None:
    ours = {n for n in imports(path) if n.startswith("crawler")}
    kinds = {"crawler.sites.site", "crawler.sites.siteconfig"}  # definitions.py has both
    assert ours <= {"crawler.errors", "crawler", "crawler.urls", "crawler.sites"} | kinds


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(CRAWLER)))
def test_no_module_outgrows_its_room(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.name != "__init__.py"], ids=lambda p: str(p.relative_to(CRAWLER))
)
def test_every_module_says_what_it_is(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
