"""How a site does, by its definition, its seeds and its last runs. Values in, values out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.closing import BROKEN
from crawler.reports.digest import articles_in
from crawler.retries import DAY
from crawler.sites import Site
from crawler.state.runs import PastRun
from crawler.state.seeds import SeedRow

DAYS = 7  # over which articles are counted


@dataclass(frozen=True, slots=True)
class Health:
    """A line of ``scrapy sites``. Times are seconds since 1970."""

    site: str
    country: str | None
    language: str
    seeds: int
    last_success: int | None  # the last time that one of its seeds was read
    articles_a_day: float | None  # over DAYS days; None before the first run
    never_matched: tuple[str, ...]  # selectors, over the pages that the last runs have looked at
    health: str  # "fine", "never crawled", or what is wrong


def health(site: Site, seeds: Sequence[SeedRow], runs: Sequence[PastRun], now: int) -> Health:
    """``runs``: the site's last ones, the last one first; ``seeds``: all that the state knows of it."""
    return Health(
        site=site.name,
        country=site.country,
        language=site.language,
        seeds=len(site.seeds),
        last_success=max((seed.success for seed in seeds if seed.success), default=None),
        articles_a_day=_a_day(runs, now),
        never_matched=_never_matched(site, runs),
        health=_said(seeds, runs),
    )


def _a_day(runs: Sequence[PastRun], now: int) -> float | None:
    if not runs:
        return None
    count = sum(articles_in(run.digest) for run in runs if now - run.started < DAYS * DAY)
    return count / max(1.0, min(DAYS, (now - runs[-1].started) / DAY))


def _never_matched(site: Site, runs: Sequence[PastRun]) -> tuple[str, ...]:
    looked_at = [run.digest.get("selectors", {}).get(site.name, {}) for run in runs]
    if not any(seen.get("pages") for seen in looked_at):
        return ()
    matched = {name for seen in looked_at for name, count in seen.get("matched", {}).items() if count}
    return tuple(selector for selector in (*site.content, *site.drop) if selector not in matched)


def _said(seeds: Sequence[SeedRow], runs: Sequence[PastRun]) -> str:
    if not runs:
        return "never crawled"
    failing = [seed for seed in seeds if seed.failures]
    found = []
    if runs[0].exit in ("killed", *BROKEN):
        found.append(f"run {runs[0].id} ended with {runs[0].exit}")
    if failing:
        found.append(f"{len(failing)} of {len(seeds)} seeds fail")
    found += [monitor for monitor, _ in runs[0].digest.get("alerts", [])]
    return ", ".join(found) or "fine"
