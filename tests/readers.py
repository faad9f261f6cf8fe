"""What is in a feed, read by the library that its users have: for each format its articles by address."""

from __future__ import annotations

import csv
import gzip
import html
import json
import mimetypes
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import frontmatter
import pandas
import pyarrow.parquet
from backports import zstd
from markdown_it import MarkdownIt
from pyld import jsonld
from reader import make_reader

mimetypes.add_type("application/feed+json", ".jsonfeed")  # reader goes by it
Articles = dict[str, tuple[str | None, str]]  # address -> headline, body
SCHEMA_ORG = {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}


def lines(path: Path) -> Articles:
    content = path.read_bytes()
    content = gzip.decompress(content) if path.suffix == ".gz" else content
    content = zstd.decompress(content) if path.suffix == ".zst" else content
    return _of(map(json.loads, content.decode().splitlines()))


def array(path: Path) -> Articles:
    return _of(json.loads(path.read_text(encoding="utf-8")))


def sheet(path: Path) -> Articles:
    with path.open(encoding="utf-8-sig", newline="") as file:
        found = _of(csv.DictReader(file))
    frame = pandas.read_csv(path, keep_default_na=False)
    assert dict(zip(frame["url"], frame["body"], strict=True)) == {url: body for url, (_, body) in found.items()}
    return found


def parquet(path: Path) -> Articles:
    return _of(pyarrow.parquet.read_table(path).to_pylist())


def feed(path: Path) -> Articles:
    """RSS, Atom and JSON Feed, as a feed reader has them."""
    with make_reader(":memory:", feed_root=str(path.parent)) as reading:
        reading.add_feed(path.name)
        reading.update_feed(path.name)
        assert reading.get_feed(path.name).last_exception is None
        entries = list(reading.get_entries())
    return {entry.link: (entry.title, _text(entry.get_content(prefer_summary=False).value)) for entry in entries}


def graph(path: Path) -> Articles:
    """JSON-LD, expanded by a processor that takes schema.org's context from here."""
    loader: Callable[..., Any] = lambda url, _: {  # noqa: E731
        "contextUrl": None,
        "documentUrl": url,
        "document": {"@context": SCHEMA_ORG},
    }
    nodes = jsonld.expand(json.loads(path.read_text(encoding="utf-8")), {"documentLoader": loader})
    name = "https://schema.org/"
    assert {kind for node in nodes for kind in node["@type"]} == {f"{name}NewsArticle"}
    value = lambda node, field: node[name + field][0]  # noqa: E731
    return {
        value(node, "url")["@id"]: (value(node, "headline")["@value"], value(node, "articleBody")["@value"])
        for node in nodes
    }


def documents(folder: Path) -> Articles:
    """Markdown files, rendered."""
    found: Articles = {}
    for path in folder.glob("*.md"):
        post = frontmatter.load(path)
        found[post["url"]] = post["title"], rendered(post.content)
    return found


def rendered(markdown: str) -> str:
    """What a reader sees of Markdown."""
    return _text(MarkdownIt("commonmark", {"breaks": False}).enable("table").render(markdown))


def _text(markup: str) -> str:
    paragraphs = re.findall(r"<p[^>]*>(.*?)</p>", markup, re.DOTALL)
    return "\n\n".join(html.unescape(re.sub(r"<br ?/?>\n?", "\n", paragraph)) for paragraph in paragraphs)


def _of(records: Any) -> Articles:
    return {record["url"]: (record["headline"], record["body"]) for record in records}


#: How a feed's name ends -> its articles.
READERS: dict[str, Callable[[Path], Articles]] = {
    "a.jsonl": lines,
    "a.jsonl.gz": lines,
    "a.jsonl.zst": lines,
    "a.json": array,
    "a.csv": sheet,
    "a.parquet": parquet,
    "a.rss": feed,
    "a.atom": feed,
    "a.jsonfeed": feed,
    "a.jsonld": graph,
}
