"""A site of any size for measuring: pages as large as real ones, every text its own, served by a process of its own.

``python -m tests.newsroom.big 20000`` prints the address that it listens on. Pages are made as they are asked for.
"""

from __future__ import annotations

import asyncio
import random
import sys
from urllib.parse import quote

from .pages import publisher_page
from .stories import all_stories

WORDS = sorted({word for story in all_stories() for text in story.body for word in text.split() if word.isalpha()})
PER_SITEMAP = 10_000
_FIRST = 1_000_000  # article's number: the site that this one stands for has none of fewer digits
_NAV = "".join(f'<li class="menu__item"><a class="menu__link" href="/{n}/">القسم رقم {n}</a></li>' for n in range(200))
_SCRIPT = "<script>window.__STATE__ = {" + ",".join(f'"key{n}":"{"x" * 60}"' for n in range(1000)) + "};</script>"


class Pages:
    """The pages of a site by path."""

    def __init__(self, count: int, origin: str) -> None:
        self.count = count
        self.origin = origin
        page = publisher_page(all_stories()[2], origin).body.decode()
        story = all_stories()[2]
        ending = story.body[-1][-20:]
        first, last = page.index('<p class="intro">'), page.rindex(ending) + len(ending)
        head, tail = page[:first] + "<p>", page[last:]
        self.head = head.replace("<body", _SCRIPT + "<body", 1).encode()
        self.tail = tail.replace("</body>", f"<ul>{_NAV}</ul></body>", 1).encode()

    def answer(self, path: str) -> tuple[str, bytes]:
        """Content type and body."""
        name = path.strip("/")
        if name == "robots.txt":
            return "text/plain", f"User-agent: *\nAllow: /\nSitemap: {self.origin}/sitemap.xml\n".encode()
        if name == "sitemap.xml":
            parts = range(0, self.count, PER_SITEMAP)
            return "application/xml", self._index([f"{self.origin}/sitemap-{n // PER_SITEMAP}.xml" for n in parts])
        if name.startswith("sitemap-"):
            first = int(name.removeprefix("sitemap-").removesuffix(".xml")) * PER_SITEMAP
            return "application/xml", self._sitemap(range(first, min(first + PER_SITEMAP, self.count)))
        if "/" in name:
            return "text/html; charset=utf-8", self._page(int(name.split("/")[1].split("-")[0]) - _FIRST)
        return "text/html; charset=utf-8", b"<html><body>-</body></html>"

    @staticmethod
    def _index(addresses: list[str]) -> bytes:
        rows = "".join(f"<sitemap><loc>{address}</loc></sitemap>" for address in addresses)
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>'.encode()

    def _sitemap(self, numbers: range) -> bytes:
        slug = quote("عنوان-خبر-من-أخبار-اليوم")
        rows = "".join(
            f"<url><loc>{self.origin}/world/{_FIRST + n}-{slug}/</loc><lastmod>2026-{n % 12 + 1:02}-{n % 28 + 1:02}T10:00:00Z</lastmod></url>"
            for n in numbers
        )
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'.encode()

    def _page(self, number: int) -> bytes:
        words = random.Random(number).choices(WORDS, k=360)
        texts = (" ".join(words[at : at + 45]) + "." for at in range(0, 360, 45))
        return self.head + "</p>\n<p>".join(texts).encode() + self.tail


class _Protocol(asyncio.Protocol):
    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.waiting += data
        while b"\r\n\r\n" in self.waiting:
            head, _, self.waiting = self.waiting.partition(b"\r\n\r\n")
            path = head.split(b" ", 2)[1].decode()
            etag = f'"{self.pages.count}{path}"'
            if f"if-none-match: {etag}" in head.decode().lower():
                self.transport.write(b"HTTP/1.1 304 Not Modified\r\n\r\n")  # type: ignore[attr-defined]
                continue
            kind, body = self.pages.answer(path)
            self.transport.write(  # type: ignore[attr-defined]
                f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nETag: {etag}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                + body
            )


async def serve(count: int) -> None:
    """Listen, say where, and answer until the end."""
    pages = Pages(count, "")
    server = await asyncio.get_running_loop().create_server(lambda: _Protocol(pages), "127.0.0.1", 0)
    pages.origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    print(pages.origin, flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
