"""``Digest``: a run in numbers and samples, of bounded size whatever the crawl."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from selectolax.lexbor import LexborHTMLParser

from crawler.engine.language import phrases_for
from crawler.engine.wording import line_key
from crawler.items import ARTICLE_FIELDS, Article, Rejection
from crawler.sites import Site
from crawler.urls import host

SAMPLES = 5  # of each kind
NAMES = 200  # sites, hosts, repeated lines: the most frequent are kept
LOOKED_AT = 50  # pages of a site, whether its selectors still match: each is parsed once more
LINE = 120  # characters: a longer paragraph is neither a leaked label nor a line that a site repeats
#: Words of an article, at most.
LENGTHS = (50, 100, 200, 400, 800, 1600)


class Digest:
    """Counts records and answers; ``as_dict`` is what the state keeps and reports are made of."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.samples: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self.hosts: dict[str, list[float]] = {}  # answers, seconds of all, the slowest
        self.selectors: dict[str, dict[str, Any]] = {}  # by site: how many pages, and on how many each selector matched
        self.lines: Counter[str] = Counter()  # first and last lines of bodies, by their keys

    def add(self, record: Article | Rejection) -> None:
        """One record."""
        if isinstance(record, Rejection):
            self.counts["rejections"][record.reason.value] += 1
            self._sample("rejections", record.reason.value, {"url": record.url, "detail": record.detail})
            return
        self.counts["sites"][record.site or host(record.url)] += 1
        self.counts["hours"][(record.date_published or "unknown")[:13]] += 1
        self.counts["languages"][record.language or "unknown"] += 1
        words = len(record.body.split())
        self.counts["lengths"][str(next((most for most in LENGTHS if words <= most), "more"))] += 1
        self.counts["found_by"][record.field_sources.get("body", "unknown")] += 1
        self.counts["revisions"][str(record.revision)] += 1
        self.counts["fields"].update(name for name in ARTICLE_FIELDS if getattr(record, name))
        for piece in record.removed:
            self.counts["removed"][piece.kind] += 1
            self._sample("removed", piece.kind, {"text": piece.text[:300], "rule": piece.rule, "url": record.url})
        if record.duplicate_of:
            self._sample("duplicates", "named", {"url": record.url, "of": record.duplicate_of})
            self.counts["duplicates"]["named"] += 1
        self._look_for_leaks(record)

    def answered(self, url: str, seconds: float) -> None:
        """One answer of a server, and how long it took."""
        name = host(url)
        if name in self.hosts or len(self.hosts) < NAMES:
            count, total, slowest = self.hosts.get(name, [0, 0.0, 0.0])
            self.hosts[name] = [count + 1, total + seconds, max(slowest, seconds)]

    def wants_pages(self, site: Site) -> bool:
        """Whether too few of a site's pages were looked at."""
        known = self.selectors.get(site.name, {"pages": 0})
        return bool(site.content or site.drop) and known["pages"] < LOOKED_AT

    def look_at(self, site: Site, page: bytes) -> None:
        """Which of the site's selectors match on one of its articles' pages."""
        seen = self.selectors.setdefault(
            site.name, {"pages": 0, "matched": dict.fromkeys((*site.content, *site.drop), 0)}
        )
        seen["pages"] += 1
        for selector in site.matching(LexborHTMLParser(page)):
            seen["matched"][selector] += 1

    def as_dict(self) -> dict[str, Any]:
        """JSON, the most frequent names first."""
        counts = {name: dict(found.most_common(NAMES)) for name, found in self.counts.items()}
        counts["repeated"] = {key: count for key, count in self.lines.most_common(20) if count > 2}
        samples = {name: dict(found) for name, found in self.samples.items()}
        return {"counts": counts, "samples": samples, "hosts": self.hosts, "selectors": self.selectors}

    def _sample(self, what: str, name: str, entry: Any) -> None:
        if len(self.samples[what][name]) < SAMPLES:
            self.samples[what][name].append(entry)

    def _look_for_leaks(self, article: Article) -> None:
        """Phrases of the lists that stand in the body, and lines that many bodies begin or end with."""
        phrases, paragraphs = phrases_for(), article.body.split("\n\n")
        ends = {text for text in (paragraphs[0], paragraphs[-1]) if len(text) <= LINE}
        self.lines.update(key for text in ends if (key := line_key(text)))
        if len(self.lines) > 20 * NAMES:
            self.lines = Counter(dict(self.lines.most_common(10 * NAMES)))
        for text in paragraphs:
            if len(text) <= LINE and (phrases.heading(text) or phrases.label(text) or phrases.line(text)):
                self.counts["leaks"]["lines"] += 1
                self._sample("leaks", "lines", {"text": text, "url": article.url})


def articles_in(digest: Mapping[str, Any]) -> int:
    """How many articles a run has delivered, by its digest."""
    return sum(digest.get("counts", {}).get("sites", {}).values())
