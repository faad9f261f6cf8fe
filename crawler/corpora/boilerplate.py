"""What repeats across a site's documents is boilerplate that no phrase list knows: learned once, applied by site.

Lines are compared folded, with every number as one, so that «3 دقائق» and «5 دقائق» are the same line. A document that
stands twice in a corpus counts once. Counting is lossy (Manku and Motwani, VLDB 2002): what is rare is
forgotten when there is too much of it, so that memory is bounded; a count may be too low by as much as the file says.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from crawler.engine.fingerprint import exact
from crawler.engine.wording import line_key
from crawler.errors import RecordError

MOST = 2_000_000  # lines that are counted at a time, of all sites


def lines_of(text: str) -> dict[str, str]:
    """The lines of a document by their keys, each once."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        name = line_key(line)
        if name:
            found.setdefault(name, line.strip())
    return found


class Counter:
    """How many documents of a site have each line."""

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.documents: dict[str, int] = defaultdict(int)
        self.forgotten = 0  # by how much a count may be too low
        self._seen: set[str] = set()
        self._counts: dict[tuple[str, str], list[Any]] = {}  # (site, key) -> [documents, the line as first seen]

    def add(self, site: str, fingerprint: str, lines: Mapping[str, str]) -> None:
        """Count a document, unless the site has given the same one before."""
        name = site + fingerprint
        if name in self._seen:
            return
        self._seen.add(name)
        self.documents[site] += 1
        for line, text in lines.items():
            entry = self._counts.get((site, line))
            if entry:
                entry[0] += 1
            else:
                self._counts[site, line] = [1, text]
        if len(self._counts) > self.most:
            self._forget()

    def _forget(self) -> None:
        while len(self._counts) > self.most // 2:
            self.forgotten += 1
            self._counts = {name: entry for name, entry in self._counts.items() if entry[0] > self.forgotten}

    def found(self, documents: int, share: float) -> dict[str, Any]:
        """The lines that so many documents of a site have, and so large a share of them, as the file holds them."""
        sites: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for (site, _), (count, text) in self._counts.items():
            if count >= documents and count >= share * self.documents[site]:
                sites[site].append({"text": text, "documents": count})
        return {
            "about": {"documents": documents, "share": share, "too_low_by": self.forgotten},
            "sites": {
                site: {
                    "documents": self.documents[site],
                    "lines": sorted(lines, key=lambda line: (-line["documents"], line["text"])),
                }
                for site, lines in sorted(sites.items())
            },
        }


def counted(documents: Iterable[tuple[str, str]]) -> list[tuple[str, str, dict[str, str]]]:
    """Documents as (site, text) -> what ``Counter.add`` takes: a worker's share of learning."""
    return [(site, exact(text), lines_of(text)) for site, text in documents if site]


def save(path: Path, found: Mapping[str, Any]) -> None:
    """Write the file: JSON, one line of a site a line."""
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@cache
def load(path: str) -> dict[str, frozenset[str]]:
    """Site -> the keys of its lines. Raises RecordError with the file's name where it is none of ours."""
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        return {
            site: frozenset(filter(None, (line_key(line["text"]) for line in about["lines"])))
            for site, about in data["sites"].items()
        }
    except OSError as error:
        raise RecordError(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordError(f"{path}: no file of site boilerplate: {error!r}") from None
