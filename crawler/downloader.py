"""Scrapy's downloader, which asks a host for no more pages at a time than it is told to."""

from __future__ import annotations

from collections import deque

from scrapy import Request, Spider
from scrapy.core import downloader
from scrapy.core.downloader import Slot
from scrapy.http import Response
from twisted.internet.defer import Deferred


class Downloader(downloader.Downloader):
    """Scrapy 2.19 counts a host's request only when its task has begun, and until then begins all the others that the
    host's queue holds: without a delay CONCURRENT_REQUESTS_PER_DOMAIN is no limit.
    """

    def _get_slot(self, request: Request, spider: Spider | None = None) -> tuple[str, Slot]:  # noqa: ARG002 (deprecated)
        key, slot = super()._get_slot(request)
        if not isinstance(slot.queue, _Queue):
            slot.queue = _Queue(slot)
        return key, slot


class _Queue(deque[tuple[Request, Deferred[Response]]]):
    """A host's requests; one that leaves it is under way."""

    def __init__(self, slot: Slot) -> None:
        super().__init__(slot.queue)
        self._under_way = slot.transferring

    def popleft(self) -> tuple[Request, Deferred[Response]]:
        request, answer = super().popleft()
        self._under_way.add(request)
        return request, answer
