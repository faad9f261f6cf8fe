"""The pages of one article, which an archive has as records of their own, put together as the crawl had them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator

from crawler.items import Page

HELD = 500  # articles that wait for their next page: 50 MB of memory


class Joining:
    """Articles that go on wait for what follows: in an archive it comes later, between pages of others.

    ``goes_on`` says whether a crawl asks for more of an article than it has.
    """

    def __init__(self, goes_on: Callable[[Page], bool], most: int = HELD) -> None:
        self._goes_on = goes_on
        self._most = most
        self._waiting: OrderedDict[str, Page] = OrderedDict()  # by the address of the first page
        self._failed: set[str] = set()

    def begin(self, page: Page) -> Iterator[Page]:
        """An article's first page: what is as whole as it will be."""
        yield from self._taken(page.url)  # asked for again before the rest of it came
        yield from self._or_wait(page)

    def waits(self, first: str) -> bool:
        """Whether the article whose first page is there waits for more."""
        return first in self._waiting

    def go_on(self, first: str, part: Page, *, whole: bool) -> Iterator[Page]:
        """The next page of an article that waits, or all of it on one page: the article, where nothing follows."""
        page = self._waiting.pop(first).continued(part, whole=whole)
        self._failed.discard(first)
        if whole:
            yield page
        else:
            yield from self._or_wait(page)

    def fail(self, first: str) -> None:
        """An answer for the rest of an article was none: unless another one comes, the crawl has not delivered it."""
        if first in self._waiting:
            self._failed.add(first)

    def rest(self) -> Iterator[Page]:
        """At the end: what waits for pages that the crawl was not allowed to ask for, or that no file here has."""
        for first in list(self._waiting):
            yield from self._taken(first)

    def _or_wait(self, page: Page) -> Iterator[Page]:
        if not self._goes_on(page):
            yield page
            return
        self._waiting[page.url] = page
        if len(self._waiting) > self._most:
            yield from self._taken(next(iter(self._waiting)))

    def _taken(self, first: str) -> Iterator[Page]:
        page = self._waiting.pop(first, None)
        failed = first in self._failed
        self._failed.discard(first)
        if page and not failed:
            yield page
