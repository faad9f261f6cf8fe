"""A manifest beside each delivery: the feeds that a run has stored in one place."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timezone
from tempfile import TemporaryFile
from typing import Any

from scrapy.utils.defer import ensure_awaitable

from crawler import formats
from crawler.engine import VERSION
from crawler.extensions.run import Run
from crawler.records import manifest
from crawler.records.manifest import File
from crawler.state import feeds
from crawler.state.feeds import StoredFeed


class Manifests:
    """Written when feeds are stored; by the next run, if this one is killed before, because the state knows them."""

    def __init__(self, run: Run, storage_for: Callable[[str, dict[str, Any]], Any]) -> None:
        self.run = run
        self.name: str = run.settings["FEED_MANIFEST"]
        self.storage_for = storage_for

    async def write(self, options: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, Exception]]:
        """The manifests of all places with feeds that none lists. What could not be stored, with its error.

        ``options``: those of FEEDS, which say what format a feed has.
        """
        failed = []
        for run, place in dict.fromkeys((feed.run, _folder(feed.uri)) for feed in self._unlisted()):
            held = [feed for feed in feeds.of_run(self.run.database, run) if _folder(feed.uri) == place]
            uri = place + self.name % {"run": run, "name": held[0].spider, "time": _iso(held[0].started, "-")}
            try:
                await self._store(uri, manifest.document(_head(held[0]), [_file(feed, options) for feed in held]))
                feeds.listed(self.run.database, [feed.id for feed in held])
            except Exception as error:  # whatever a storage raises: the next run tries again
                failed.append((uri, error))
        return failed

    def _unlisted(self) -> list[StoredFeed]:
        return feeds.unlisted(self.run.database, self.run.lock.name) if self.name else []

    async def _store(self, uri: str, content: bytes) -> None:
        storage = self.storage_for(uri, {"overwrite": True})
        opened = getattr(storage, "part", None)
        file: Any = storage.open(None) if opened else TemporaryFile()  # noqa: SIM115 (the storage closes it)
        file.write(content)
        file.flush()
        await ensure_awaitable(storage.store(file))


def _file(feed: StoredFeed, options: Mapping[str, Mapping[str, Any]]) -> File:
    kind = options.get(feed.template, {}).get("format") or formats.named(feed.uri)[0]
    return File(feed.uri[len(_folder(feed.uri)) :], kind, feed.records, feed.size, feed.sha256)


def _head(feed: StoredFeed) -> dict[str, Any]:
    about = {"spider": feed.spider, "run": feed.run, "started": _iso(feed.started)}
    return {**about, "arguments": json.loads(feed.arguments), "engine_version": VERSION}


def _folder(uri: str) -> str:
    return uri[: uri.rfind("/") + 1]


def _iso(seconds: int, separator: str = ":") -> str:
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="seconds").replace(":", separator)
