"""Pages and seeds of a site -> its definition, with the evidence, as the module that a person would write."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from parsel import Selector

from crawler import seeds
from crawler.errors import RecordError
from crawler.items import Article, Page, Rejection
from crawler.sites import Feed, Listing, Robots, Seed, Site
from crawler.urls import host, origin

from .addresses import pattern, site_name
from .selectors import Sample, content, counted, drop

ADDRESSES = 6  # of each kind in the table that a draft comes with


class ReadSeed(NamedTuple):
    """A seed and how many addresses it names; None: nobody has read it."""

    seed: Seed
    entries: int | None


@dataclass(frozen=True)
class Visit:
    """What was seen of a site."""

    pages: Sequence[Page]
    seeds: Sequence[ReadSeed] = ()
    named: Sequence[str] = ()  # the addresses that its feeds name
    links: Sequence[str] = ()  # those of its home page


@dataclass(frozen=True)
class Proposal:
    """A definition, and what speaks for each part of it."""

    site: Site
    samples: tuple[Sample, ...]
    evidence: tuple[str, ...]
    articles: tuple[str, ...]  # addresses that were seen, as the pattern sorts them
    others: tuple[str, ...]


def propose(visit: Visit, name: str | None = None) -> Proposal:
    """The definition that the pages speak for. RecordError where none of them is an article, SiteError for a name
    that cannot be one.
    """
    seen = [Sample(page) for page in visit.pages]
    samples = tuple(sample for sample in seen if isinstance(sample.plain, Article))
    if not samples:
        refused = [f"{one.page.url}: {one.plain.reason}" for one in seen if isinstance(one.plain, Rejection)]
        raise RecordError(f"no article among {len(refused)} pages ({'; '.join(refused[:3]) or 'none was found'})")
    addresses = [sample.page.url for sample in samples]
    languages = Counter(sample.plain.language for sample in samples if isinstance(sample.plain, Article))
    domains = tuple(sorted({host(address) for address in addresses}))
    read = _seeds(visit, samples)
    site = Site(
        name=name or site_name(addresses[0]),
        domains=domains,
        language=languages.most_common(1)[0][0] or "und",
        seeds=tuple(one.seed for one in read),
        article_url=pattern([*addresses, *(url for url in visit.named if host(url) in domains)]),
    )
    site = replace(site, content=content(site, samples))
    site = replace(site, drop=drop(site, samples))
    seen_addresses = dict.fromkeys([*addresses, *visit.named, *visit.links, f"{origin(addresses[0])}/"])
    others = [url for url in seen_addresses if host(url) in domains and not site.is_article(url)]
    return Proposal(
        site=site,
        samples=samples,
        evidence=tuple(_evidence(site, samples, visit, read)),
        articles=tuple(filter(site.is_article, seen_addresses))[:ADDRESSES],
        others=tuple(others[-ADDRESSES:]),
    )


def _seeds(visit: Visit, samples: Sequence[Sample]) -> list[ReadSeed]:
    """Those that name anything; else those that the pages name, robots.txt and the home page."""
    read = [one for one in visit.seeds if one.entries]
    if read:
        return sorted(read, key=lambda one: type(one.seed).__name__)
    page, home = samples[0].page, origin(samples[0].page.url)
    head = Selector(samples[0].tree.html or "")
    feeds = [Feed(url) for url in dict.fromkeys(seeds.feeds_of(head, page.url)) if host(url) == host(page.url)]
    robots = [] if visit.seeds else [Robots(f"{home}/robots.txt")]
    unread: list[Seed] = [*feeds, *robots]
    return [*(ReadSeed(seed, None) for seed in unread), ReadSeed(Listing(f"{home}/"), len(visit.links) or None)]


def _evidence(site: Site, samples: Sequence[Sample], visit: Visit, read: Sequence[ReadSeed]) -> list[str]:
    addresses = [*dict.fromkeys([*(sample.page.url for sample in samples), *visit.named])]
    fits = f"{sum(map(site.is_article, addresses))} of {len(addresses)} articles' addresses"
    links = f", {sum(map(site.is_article, visit.links))} of {len(visit.links)} links of the home page"
    found = [f"article_url fits {fits}{links if visit.links else ''}."]
    for one in read:
        says = "not read, so not sure" if one.entries is None else f"addresses in it: {one.entries}"
        found.append(f"{type(one.seed).__name__} {one.seed.url}: {says}.")
    same = "with the words that the engine finds without"
    found += [f"content {selector}: {counted(selector, samples)}, {same}." for selector in site.content]
    if not site.content:
        found.append("content: no selector gave the words that the engine finds without one.")
    found += [f"drop {selector}: {counted(selector, samples)}." for selector in site.drop]
    return found


def module(proposal: Proposal, drafted: str) -> str:
    """The text of ``crawler/sites/<name>.py``; ``drafted`` is the day."""
    site = proposal.site
    kinds = sorted({type(seed).__name__ for seed in site.seeds})
    pages = f"{len(proposal.samples)} article{'s' if len(proposal.samples) > 1 else ''}"
    evidence = "\n".join(f"- {_plain(line)}" for line in proposal.evidence)
    fields = [
        f"name={_text(site.name)}",
        f"domains={_tuple(map(_text, site.domains))}",
        f"language={_text(site.language)}",
        f"seeds={_tuple((f'{type(seed).__name__}({_text(seed.url)})' for seed in site.seeds), broken=True)}",
        f"article_url={_pattern(site.article_url)}",
    ]
    fields += [f"content={_tuple(map(_text, site.content))}"] if site.content else []
    fields += [f"drop={_tuple(map(_text, site.drop), broken=True)}"] if site.drop else []
    about = f"Evidence: drafted by `scrapy newsite` on {drafted} from {pages}."
    return (
        f'"""{site.domains[0]}.\n\n{about}\n\n{evidence}\n"""\n\n'
        f"from .site import {', '.join([*kinds, 'Site'])}\n\n"
        "SITE = Site(\n" + "".join(f"    {one},\n" for one in fields) + ")\n"
    )


def table(proposal: Proposal) -> str:
    """The text of ``tests/sites/<name>/addresses.toml``."""
    kinds = {"articles": proposal.articles, "others": proposal.others}
    return "".join(
        f"{kind} = [\n" + "".join(f"  {_text(url)},\n" for url in urls) + "]\n" for kind, urls in kinds.items()
    )


def _plain(line: str) -> str:
    return line.replace("\\", "/").replace('"""', "'''")


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _pattern(text: str) -> str:
    return f'r"{text}"' if not re.search(r'"|\\$|\n', text) else _text(text)


def _tuple(parts: Iterable[str], *, broken: bool = False) -> str:
    found = list(parts)
    if broken and len(found) > 1:
        return "(\n" + "".join(f"        {part},\n" for part in found) + "    )"
    return f"({', '.join(found)}{',' if len(found) == 1 else ''})"
