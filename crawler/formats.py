"""What a feed's name says: ``articles.jsonl.zst`` is JSON Lines in Zstandard, ``articles.parquet`` is Parquet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from crawler.errors import ArgumentError
from crawler.items import ARTICLE_FIELDS


class Format(NamedTuple):
    """A feed format."""

    exporter: str
    appends: bool = False  # whether a file of it can be written on
    alone: bool = False  # whether each article is a file of its own


#: Name, which is the extension too -> how it is written. FEED_EXPORTERS is made of it.
FORMATS = {
    "jsonlines": Format("crawler.exporters.lines.PlainJsonLines", appends=True),
    "jsonl": Format("crawler.exporters.lines.PlainJsonLines", appends=True),
    "jl": Format("crawler.exporters.lines.PlainJsonLines", appends=True),
    "json": Format("crawler.exporters.lines.PlainJson"),
    "jsonld": Format("crawler.exporters.lines.JsonLd"),
    "jsonfeed": Format("crawler.exporters.syndication.JsonFeed"),
    "rss": Format("crawler.exporters.syndication.Rss"),
    "atom": Format("crawler.exporters.syndication.Atom"),
    "csv": Format("crawler.exporters.sheet.ReadableCsv", appends=True),
    "parquet": Format("crawler.exporters.parquet.Parquet"),
    "md": Format("crawler.exporters.markdown.Markdown", alone=True),
}
#: A second extension -> Scrapy's postprocessing.
COMPRESSIONS = {
    "gz": "scrapy.extensions.postprocessing.GzipPlugin",
    "zst": "crawler.exporters.compression.ZstdPlugin",
}
ARTICLE = "crawler.items.Article"
#: The options that part a feed into files, and what then tells their names apart.
BATCHES = ("batch_item_count", "batch_seconds", "batch_bytes")
ONE_OF_MANY = ("%(batch_id)", "%(batch_time)")


def named(uri: str) -> tuple[str, str | None]:
    """Format and compression by a feed's name; the format is "" where the name does not say."""
    name = PurePosixPath(urlsplit(uri).path)
    packing = name.suffix[1:] if name.suffix[1:] in COMPRESSIONS else None
    return (name.with_suffix("") if packing else name).suffix[1:], packing


def completed(feeds: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """FEEDS with what their names say: format, compression; articles alone, where nothing else is asked for.

    ArgumentError where a feed has several files and one name for all.
    """
    return {str(uri): _completed(str(uri), dict(options)) for uri, options in feeds.items()}


def _completed(uri: str, options: dict[str, Any]) -> dict[str, Any]:
    kind, packing = named(uri)
    found = options.setdefault("format", kind)
    if packing:
        options.setdefault("postprocessing", [COMPRESSIONS[packing]])
    options.setdefault("item_classes", [ARTICLE])
    form = FORMATS.get(found)  # none for Scrapy's, the user's own, and what there is not: Scrapy says so
    if form is not None and not form.appends:
        options.setdefault("overwrite", not uri.startswith("stdout:"))
    if form is not None and form.alone:
        options["batch_item_count"] = 1
    if any(options.get(name) for name in BATCHES) and not any(part in uri for part in ONE_OF_MANY):
        raise ArgumentError(f"feed {uri} has several files (batches, or .md): its name needs %(batch_id)d in it")
    return options


def of_command_line(appended: Sequence[str], overwritten: Sequence[str], known: Sequence[str]) -> dict[str, Any]:
    """``-o`` and ``-O`` as FEEDS has them: ``FILE``, ``FILE:FORMAT``, ``-:FORMAT`` for standard output.

    ``known``: the formats there are. ArgumentError names what is wrong.
    """
    if appended and overwritten:
        raise ArgumentError("use one of -o and -O")
    feeds: dict[str, dict[str, Any]] = {}
    for element in (*appended, *overwritten):
        uri, _, kind = element.rpartition(":")
        options: dict[str, Any] = {"fields": list(ARTICLE_FIELDS)}
        if uri and kind in known:
            options["format"] = kind
        else:
            uri, kind = element, named(element)[0]
        if kind not in known:
            raise ArgumentError(
                f"{element!r} has no format: end its name with one of .{', .'.join(sorted(known))} "
                "(.gz and .zst may follow), or give FILE:FORMAT"
            )
        if overwritten:
            options["overwrite"] = True
        elif kind in FORMATS and not FORMATS[kind].appends and not FORMATS[kind].alone and uri != "-":
            raise ArgumentError(f"{element!r}: nothing can be appended to a file of {kind}; -O overwrites it")
        feeds["stdout:" if uri == "-" else uri] = options
    return completed(feeds)
