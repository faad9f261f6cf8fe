"""``make bench-crawl``: whole crawls of a local site, beside a bare Scrapy spider, and discovery of a million addresses.

Each crawl is a process of its own against a server process on 127.0.0.1 (tests/newsroom/big.py: pages of 100 KB, every
text its own), without delays. Peak memory is the crawl's, its workers' apart.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from crawler.settings import FEEDS

ROOT = Path(__file__).parents[1]
BARE = '''
import scrapy
from scrapy.utils.sitemap import Sitemap

class Bare(scrapy.Spider):
    """Saves the bytes of every page that the sitemaps name."""
    name = "bare"
    custom_settings = {"CONCURRENT_REQUESTS_PER_DOMAIN": 16, "DOWNLOAD_DELAY": 0}
    async def start(self):
        self.file = open(self.path, "wb")
        yield scrapy.Request(self.origin + "/sitemap.xml", self.parse_index)
    def parse_index(self, response):
        for entry in Sitemap(response.body):
            yield scrapy.Request(entry["loc"], self.parse_sitemap)
    def parse_sitemap(self, response):
        for entry in Sitemap(response.body):
            yield scrapy.Request(entry["loc"], self.parse_page)
    def parse_page(self, response):
        self.file.write(response.body)
'''


@dataclass(frozen=True)
class Measured:
    """One crawl."""

    seconds: float
    requests: int
    peak: int  # MiB
    records: int


@contextmanager
def site(count: int) -> Iterator[str]:
    """A site of so many articles; its origin."""
    command = [sys.executable, "-m", "tests.newsroom.big", str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        assert server.stdout is not None
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def measured(command: list[str], folder: Path, cwd: Path) -> Measured:
    """Run a crawl; what Scrapy's stats and the system say of it."""
    log = folder / "log"
    began = time.monotonic()
    with log.open("wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=file, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.monotonic() - began
    text = log.read_text()
    assert process.returncode == 0, text[-3000:]
    found = {name: int(value) for name, value in re.findall(r"'([\w/]+)': (\d+)", text)}
    return Measured(
        seconds, found["downloader/request_count"], usage.ru_maxrss // 1024, found.get("item_scraped_count", 0)
    )


def bare(origin: str, folder: Path) -> Measured:
    """The bare spider."""
    (folder / "bare.py").write_text(BARE, encoding="utf-8")
    arguments = ["-a", f"origin={origin}", "-a", f"path={folder}/pages"]
    return measured([sys.executable, "-m", "scrapy", "runspider", "bare.py", *arguments], folder, folder)


def ours(origin: str, folder: Path, *more: str) -> Measured:
    """``scrapy crawl rt_arabic`` with the ordinary pipelines, feeds and state."""
    settings = {
        "SITE_MIRRORS": json.dumps({"rt_arabic": origin}),
        "PRIVATE_NETWORKS_ALLOWED": "True",
        "DOWNLOAD_DELAY": "0",
        "AUTOTHROTTLE_ENABLED": "False",
        "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
        "STATE_URL": f"sqlite:///{folder}/state.sqlite",
        "FEEDS": json.dumps({uri.replace("output", str(folder)): options for uri, options in FEEDS.items()}),
    }
    command = [sys.executable, "-m", "scrapy", "crawl", "rt_arabic"]
    for name, value in settings.items():
        command += ["-s", f"{name}={value}"]
    return measured([*command, *more], folder, ROOT)


def throughput(pages: int) -> None:
    """Pages per second of a whole crawl as a share of the bare spider's, and memory over the crawl."""
    cores = os.cpu_count() or 1
    for count in (pages // 10, pages):
        with site(count) as origin, tempfile.TemporaryDirectory() as folder:
            base = bare(origin, Path(folder))
            Path(folder, "pages").unlink()
            whole = ours(origin, Path(folder), "-s", f"ENGINE_PROCESSES={cores}")
        assert whole.records == count
        ratio = base.seconds / whole.seconds
        print(
            f"{count} pages: bare {count / base.seconds:.0f}/s, {base.peak} MiB; whole crawl, engine in {cores} processes, "
            f"{count / whole.seconds:.0f}/s, {whole.peak} MiB; ratio {ratio:.2f}",
            flush=True,
        )


def discovery(counts: list[int]) -> None:
    """Addresses in sitemaps: time, requests and memory of noting them, and of a second run."""
    costs = []
    for count in counts:
        with site(count) as origin, tempfile.TemporaryDirectory() as folder:
            first = ours(origin, Path(folder), "-a", "max_articles=1")
            again = ours(origin, Path(folder), "-a", "max_articles=1")
            size = Path(folder, "state.sqlite").stat().st_size / 1e6
        costs.append(first.seconds / count)
        print(
            f"{count} addresses: {first.seconds:.1f} s, {first.requests} requests, {first.peak} MiB; second run "
            f"{again.seconds:.1f} s, {again.requests} requests, {again.peak} MiB; state {size:.0f} MB",
            flush=True,
        )
    print(f"cost of an address, {counts[-1]} to {counts[0]}: {costs[-1] / costs[0]:.2f}")


def main() -> None:
    """Both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--addresses", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    options = parser.parse_args()
    if options.addresses != [0]:
        discovery(options.addresses)
    if options.pages:
        throughput(options.pages)


if __name__ == "__main__":
    main()
