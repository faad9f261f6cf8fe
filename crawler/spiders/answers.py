"""What answers say: headers, and what a failed request is in a record."""

from __future__ import annotations

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import TCPTimedOutError
from twisted.internet.error import TimeoutError as TwistedTimeout
from twisted.python.failure import Failure

from crawler.items import Reason

_TIMEOUTS = (DownloadTimeoutError, TwistedTimeout, TCPTimedOutError)


def outcome(failure: Failure) -> tuple[Reason, str]:
    """The reason, and words for people."""
    error = failure.value
    if isinstance(error, HttpError):
        return Reason.ERROR, f"HTTP {error.response.status}"
    if isinstance(error, _TIMEOUTS):
        return Reason.TIMEOUT, "no answer within DOWNLOAD_TIMEOUT"
    if isinstance(error, DownloadCancelledError):
        return Reason.TOO_LARGE, "larger than DOWNLOAD_MAXSIZE"
    return Reason.ERROR, f"{type(error).__name__}: {error}"


def content_type(response: Response) -> str | None:
    """The Content-Type header."""
    return header(response, "Content-Type")


def header(response: Response, name: str) -> str | None:
    """A header's value."""
    return (response.headers.get(name) or b"").decode("latin-1") or None
