"""Serves the newsroom on 127.0.0.1: the publisher on one port, the aggregator on another."""

from __future__ import annotations

import argparse
import hashlib
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from . import pages
from .pages import Answer


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A crawl that is killed hangs up; anything else is worth a line."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Site:
    """One HTTP server and what it was asked for."""

    def __init__(self, make: Callable[[str], dict[str, Answer]], port: int = 0) -> None:
        self.asked: Counter[str] = Counter()
        self.busy: tuple[int, str, int] | None = None  # status and Retry-After, once, after so many requests
        self.refused_at: float | None = None
        self.slow = 0.0  # seconds before each answer
        self.active = self.most_active = 0  # requests under way
        self._counting = threading.Lock()
        self.not_modified: Counter[str] = Counter()
        self.times: list[tuple[float, str]] = []  # when each path was asked for
        self._server = _Server(("127.0.0.1", port), self._handler())
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.answers = make(self.origin)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Answer no more."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def under_way(self, more: int) -> None:
        """So many requests more are under way: a request begins (1), or is as good as answered (-1)."""
        with self._counting:
            self.active += more
            self.most_active = max(self.most_active, self.active)

    def articles_asked(self) -> list[str]:
        """The article pages that were asked for, in order."""
        return [path for _, path in self.times if path.rstrip("/").rpartition("/")[2].split("-")[0].isdigit()]

    def answer(self, path: str) -> Answer:
        """The answer for a path as it was asked; counts it."""
        plain = path.replace("?utm_source=rss", "")
        self.asked[plain] += 1
        self.times.append((time.monotonic(), plain))
        found = self.answers.get(plain) or Answer(
            "<html><body><p>الصفحة غير موجودة</p></body></html>".encode(), status=404
        )
        if self.busy is not None and sum(self.asked.values()) > self.busy[2]:
            status, seconds, _ = self.busy
            self.busy, self.refused_at = None, time.monotonic()
            return Answer(b"", status=status, retry_after=seconds)
        if found.heals and self.asked[plain] == 1:
            return Answer(b"<html><body>Internal Server Error</body></html>", status=500)
        return found

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                site.under_way(1)
                time.sleep(site.slow)
                answer, cookie = site.answer(self.path), ""
                etag = f'"{hashlib.sha256(answer.body).hexdigest()[:16]}"'
                if answer.status == 200 and self.headers.get("If-None-Match") == etag:
                    site.not_modified[self.path] += 1
                    answer = Answer(b"", status=304)
                if answer.tries_cookies and "tried=" not in self.headers.get("Cookie", ""):
                    answer = Answer(b"", status=302, location=self.path)
                    cookie = "tried=1; Path=/"
                self.send_response(answer.status)
                if cookie:
                    self.send_header("Set-Cookie", cookie)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.body)))
                if answer.retry_after:
                    self.send_header("Retry-After", answer.retry_after)
                if answer.encoding:
                    self.send_header("Content-Encoding", answer.encoding)
                if answer.location:
                    self.send_header("Location", answer.location)
                site.under_way(-1)  # before the last byte, which may be the head's: what follows is no longer beside it
                self.end_headers()
                self.wfile.write(answer.body)

            def log_message(self, format: str, *args: object) -> None:
                """The crawl's log is enough."""

        return Handler


class Newsroom:
    """Both sites; a context manager."""

    def __init__(self, ports: tuple[int, int] = (0, 0)) -> None:
        self.publisher = Site(pages.publisher, ports[0])
        self.aggregator = Site(pages.aggregator, ports[1])

    @property
    def mirrors(self) -> dict[str, str]:
        """The SITE_MIRRORS setting that sends the spiders here."""
        return {"rt_arabic": self.publisher.origin, "arabkhabar": self.aggregator.origin}

    def __enter__(self) -> Newsroom:
        self.publisher.start()
        self.aggregator.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.publisher.stop()
        self.aggregator.stop()


def main() -> None:
    """Serve until Ctrl-C: ``python -m tests.newsroom.server --ports 8001 8002``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--ports", type=int, nargs=2, default=(8001, 8002), metavar=("PUBLISHER", "AGGREGATOR"))
    with Newsroom(tuple(parser.parse_args().ports)) as newsroom:
        print(f"publisher {newsroom.publisher.origin}/  aggregator {newsroom.aggregator.origin}/", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
