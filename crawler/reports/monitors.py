"""What is wrong with a run, by its digest and those of the runs before it. Values in, values out.

Our own few lines rather than spidermon: it watches stats and item schemas of one run, and these compare a run with its
spider's last ones, which the state has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import Any, NamedTuple

from crawler.errors import OptionError
from crawler.reports.digest import articles_in


class Alert(NamedTuple):
    """Something to look at."""

    monitor: str
    message: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A finished run."""

    digest: Mapping[str, Any]
    stats: Mapping[str, Any]
    hour: int  # of its start (UTC), 0 to 23

    def count(self, what: str) -> Mapping[str, int]:
        """A table of the digest."""
        return dict(self.digest.get("counts", {}).get(what, {}))

    @property
    def articles(self) -> int:
        """How many were delivered."""
        return articles_in(self.digest)


@dataclass(frozen=True, slots=True)
class Limits:
    """MONITORS by name."""

    runs: int = 5  # earlier runs, at least, before a comparison is made
    articles: int = 10  # of a run, at least, before shares are judged
    fewer: float = 0.3  # of the usual number of articles
    rejected: float = 0.5  # of the pages that were fetched
    filled: float = 0.5  # of the usual share of articles with a field
    leaked: float = 0.05  # of the articles
    matched: float = 0.5  # of the usual share of pages on which a selector matches
    repeated: float = 0.3  # of the articles, that begin or end with one line

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Limits:
        """Those that MONITORS gives. Raises OptionError for one that there is not."""
        known = {field.name for field in fields(cls)}
        for name, value in given.items():
            if name not in known or isinstance(value, bool) or not isinstance(value, int | float):
                raise OptionError(f"MONITORS: {name!r}: {value!r}: a number for one of {', '.join(sorted(known))}")
        return cls(**given)


USUAL = 0.3  # of the articles: what fewer have is no habit of the site
#: Refusals that say nothing of a site's health.
_IN_ORDER = ("UNCHANGED", "NOT_WANTED", "DUPLICATE")


def fewer_articles(run: Watched, before: Sequence[Watched], limits: Limits) -> str | None:
    """Far fewer articles than usual at this hour of the day."""
    same = [one.articles for one in before if abs(one.hour - run.hour) in (0, 1, 23)]
    if len(same) < limits.runs or run.articles >= limits.fewer * (usual := median(same)):
        return None
    return f"{run.articles} articles, around {usual:.0f} are usual at this hour"


def rejections(run: Watched, _: Sequence[Watched], limits: Limits) -> str | None:
    """Most pages give no article."""
    refused = sum(count for reason, count in run.count("rejections").items() if reason not in _IN_ORDER)
    pages = run.articles + refused
    if pages < limits.articles or refused <= limits.rejected * pages:
        return None
    return f"{refused} of {pages} pages gave no article: {_listed(run.count('rejections'))}"


def empty_fields(run: Watched, before: Sequence[Watched], limits: Limits) -> str | None:
    """A field that used to be filled is not any more."""
    known = [one for one in before if one.articles >= limits.articles]
    if run.articles < limits.articles or len(known) < limits.runs:
        return None
    gone = []
    for name in sorted({name for one in known for name in one.count("fields")}):
        usual = median(one.count("fields").get(name, 0) / one.articles for one in known)
        share = run.count("fields").get(name, 0) / run.articles
        if usual >= USUAL and share < limits.filled * usual:
            gone.append(f"{name} {share:.0%} (usually {usual:.0%})")
    return f"fields that are filled less: {', '.join(gone)}" if gone else None


def leaked_boilerplate(run: Watched, _: Sequence[Watched], limits: Limits) -> str | None:
    """Phrases of the lists stand in bodies."""
    leaks = run.count("leaks").get("lines", 0)
    if run.articles < limits.articles or leaks <= limits.leaked * run.articles:
        return None
    samples = run.digest.get("samples", {}).get("leaks", {}).get("lines", [])
    return f"{leaks} lines of boilerplate in {run.articles} articles, «{samples[0]['text']}» is one"


def dead_selectors(run: Watched, before: Sequence[Watched], limits: Limits) -> str | None:
    """A site's selector matched on its pages in earlier runs and does not any more: the layout is another one."""
    dead = []
    for site, seen in run.digest.get("selectors", {}).items():
        looked_at = [one.digest.get("selectors", {}).get(site, {"pages": 0}) for one in before]
        known = [earlier for earlier in looked_at if earlier["pages"] >= limits.articles]
        for selector, count in seen["matched"].items():
            usual = median([one["matched"].get(selector, 0) / one["pages"] for one in known] or [0])
            if seen["pages"] >= limits.articles and usual >= USUAL and count / seen["pages"] < limits.matched * usual:
                dead.append(f"{site}: {selector} matches {count} of {seen['pages']} pages (usually {usual:.0%})")
    return f"has the site a new layout? {'; '.join(dead)}" if dead else None


def repeated_lines(run: Watched, _: Sequence[Watched], limits: Limits) -> str | None:
    """Many bodies begin or end with the same line."""
    found = {key: count for key, count in run.count("repeated").items() if count > limits.repeated * run.articles}
    if run.articles < limits.articles or not found:
        return None
    key, count = max(found.items(), key=lambda entry: entry[1])
    return f"{count} of {run.articles} articles begin or end with «{key[:80]}»"


def feed_failures(run: Watched, _: Sequence[Watched], __: Limits) -> str | None:
    """A feed, the archive or the database could not be written."""
    names = ("feeds/failed", "feeds/unwritten", "archive/failed", "store/failed")
    failed = {name: count for name, count in run.stats.items() if name in names or "/failed_count/" in name}
    return f"not written: {_listed(failed)}" if failed else None


def failed_seeds(run: Watched, _: Sequence[Watched], __: Limits) -> str | None:
    """Seeds gave nothing."""
    failed = run.stats.get("news/seeds/failed", 0)
    return f"{failed} seeds failed" if failed else None


Monitor = Callable[[Watched, Sequence[Watched], Limits], "str | None"]
MONITORS: tuple[Monitor, ...] = (
    fewer_articles,
    rejections,
    empty_fields,
    leaked_boilerplate,
    dead_selectors,
    repeated_lines,
    feed_failures,
    failed_seeds,
)


def alerts(run: Watched, before: Sequence[Watched], limits: Limits) -> list[Alert]:
    """What every monitor has to say. ``before``: the spider's earlier runs, the last one first."""
    said = [(monitor.__name__, monitor(run, before, limits)) for monitor in MONITORS]
    return [Alert(name, message) for name, message in said if message]


def _listed(found: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {count}" for name, count in found.items())


def prometheus(spider: str, run: Watched, raised: Sequence[Alert]) -> str:
    """The run in Prometheus' text format, for node_exporter's textfile collector."""
    rows = [("crawler_articles", "", run.articles)]
    rows += [("crawler_rejections", f',reason="{reason}"', count) for reason, count in run.count("rejections").items()]
    rows += [("crawler_removed", f',kind="{kind}"', count) for kind, count in run.count("removed").items()]
    names = {alert.monitor for alert in raised}
    rows += [("crawler_alert", f',monitor="{m.__name__}"', int(m.__name__ in names)) for m in MONITORS]
    written, last = [], ""
    for name, more, value in rows:
        if name != last:
            written.append(f"# TYPE {name} gauge")
            last = name
        written.append(f'{name}{{spider="{spider}"{more}}} {value}')
    return "\n".join(written) + "\n"
