"""The sites: every module here that has a ``SITE`` is one. There is no list to edit. ``site.py`` says what a site is,
``siteconfig.py`` reads the rules that others have written for sites that have no definition here.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType

from .. import urls
from ..errors import SiteError
from .site import Archive, Feed, Listing, Robots, Seed, Site, Sitemap
from .siteconfig import SiteConfig, config_for, read_folder

__all__ = [
    "Archive",
    "Definitions",
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
_NO_SITES = ("site", "siteconfig")


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


@dataclass(frozen=True)
class Definitions:
    """What is known of sites: definitions by name, configs by host for the others."""

    sites: Mapping[str, Site]
    configs: Mapping[str, SiteConfig] = field(default_factory=dict)

    @classmethod
    def of_settings(cls, mirrors: Mapping[str, str], config_folder: str | None) -> Definitions:
        """By SITE_MIRRORS and SITE_CONFIG_DIR. SiteError where they are wrong."""
        return cls(with_mirrors(mirrors), read_folder(config_folder) if config_folder else {})

    def of(self, name: str | None, url: str) -> Site | None:
        """The site of a page that says the name of its definition, or has none."""
        return self.sites.get(name or "") or config_for(self.configs, urls.host(url))
