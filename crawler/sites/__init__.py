"""The sites: every module here that has a ``SITE`` is one. There is no list to edit. ``site.py`` says what a site is,
``siteconfig.py`` reads the rules that others have written for sites that have no definition here, ``definitions.py``
has both. Neither is imported here: the engine needs what a site is, and no XPath.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from ..errors import SiteError
from .site import Archive, Feed, Listing, Robots, Seed, Site, Sitemap

__all__ = [
    "Archive",
    "Feed",
    "Listing",
    "Robots",
    "Seed",
    "Site",
    "Sitemap",
    "all_sites",
    "no_site",
    "site_for",
    "with_mirrors",
]
_NO_SITES = ("definitions", "site", "siteconfig")


@cache
def all_sites() -> MappingProxyType[str, Site]:
    """All sites by name. A module that cannot be imported raises SiteError with its name."""
    found: dict[str, Site] = {}
    for module in pkgutil.iter_modules(__path__):
        if module.name in _NO_SITES:
            continue
        try:
            site = importlib.import_module(f"{__name__}.{module.name}").SITE
        except SiteError:
            raise
        except Exception as error:
            raise SiteError(f"crawler/sites/{module.name}.py: {error}") from error
        if site.name != module.name:
            raise SiteError(f"crawler/sites/{module.name}.py: its site is called {site.name!r}")
        found[site.name] = site
    return MappingProxyType(dict(sorted(found.items())))


def with_mirrors(mirrors: Mapping[str, str]) -> Mapping[str, Site]:
    """All sites, those that SITE_MIRRORS names at their other origin. SiteError where it names none."""
    found = dict(all_sites())
    for name, origin in mirrors.items():
        if name not in found:
            raise SiteError(f"SITE_MIRRORS: {no_site(name, found)}")
        found[name] = found[name].mirrored(origin)
    return found


def no_site(name: str, known: Iterable[str]) -> str:
    """That no site has this name, and which one may have been meant."""
    near = get_close_matches(name, list(known), n=3)
    return f"no site is called {name!r}; " + (f"did you mean {', '.join(near)}?" if near else "scrapy list names them")


def site_for(url: str) -> Site | None:
    """The site that an address belongs to, if there is a definition for it."""
    return next((site for site in all_sites().values() if site.owns(url)), None)
