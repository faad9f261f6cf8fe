"""One spider class for each site, made from its definition, so that ``scrapy list`` is the site list."""

from __future__ import annotations

from crawler.sites import Site, all_sites

from .news import NewsSpider


def spider_for(site: Site) -> type[NewsSpider]:
    """The spider class of a site: ``rt_arabic`` -> ``RtArabicSpider``."""
    name = "".join(part.title() for part in site.name.split("_")) + "Spider"
    namespace = {"name": site.name, "site": site, "__module__": __name__, "__doc__": f"Crawls {site.home}."}
    return type(name, (NewsSpider,), namespace)


globals().update({spider.__name__: spider for spider in map(spider_for, all_sites().values())})
