"""``Definitions``: what a run knows of sites, by its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .. import urls
from . import with_mirrors
from .site import Site
from .siteconfig import SiteConfig, config_for, read_folder


@dataclass(frozen=True)
class Definitions:
    """Definitions by name, configs by host for the sites that have none."""

    sites: Mapping[str, Site]
    configs: Mapping[str, SiteConfig] = field(default_factory=dict)

    @classmethod
    def of_settings(cls, settings: Any) -> Definitions:
        """By Scrapy's settings SITE_MIRRORS and SITE_CONFIG_DIR. SiteError where they are wrong."""
        folder = settings["SITE_CONFIG_DIR"]
        return cls(with_mirrors(settings.getdict("SITE_MIRRORS")), read_folder(folder) if folder else {})

    def of(self, name: str | None, url: str) -> Site | None:
        """The site of a page that says the name of its definition, or has none."""
        return self.sites.get(name or "") or config_for(self.configs, urls.host(url))
