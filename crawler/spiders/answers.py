"""What answers say: headers, and what a failed request is in a record."""

from __future__ import annotations

import re

from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import TCPTimedOutError
from twisted.internet.error import TimeoutError as TwistedTimeout
from twisted.python.failure import Failure

from crawler.items import Reason

_FAILURE = re.compile(r"<twisted\.python\.failure\.Failure (?:\w+\.)*(\w+: .*?)>")
_TIMEOUTS = (DownloadTimeoutError, TwistedTimeout, TCPTimedOutError)


def outcome(failure: Failure) -> tuple[Reason, str]:
    """The reason, and words for people."""
    error = failure.value
    if isinstance(error, HttpError):
        return Reason.ERROR, f"HTTP {error.response.status}"
    if isinstance(error, _TIMEOUTS):
        return Reason.TIMEOUT, "no answer within DOWNLOAD_TIMEOUT"
    if isinstance(error, DownloadCancelledError) or _is_a_bomb(error):
        return Reason.TOO_LARGE, "larger than DOWNLOAD_MAXSIZE"
    if isinstance(error, IgnoreRequest):
        return Reason.ERROR, str(error)
    return Reason.ERROR, _FAILURE.sub(r"\1", f"{type(error).__name__}: {error}").removesuffix(": ")


def is_forbidden(failure: Failure) -> bool:
    """Whether robots.txt or the address guard forbids it. Scrapy ignores requests after their answers, too: one that
    was sent on too often, or whose answer is larger than DOWNLOAD_MAXSIZE once it is decompressed.
    """
    error = failure.value
    if isinstance(error, HttpError) or not isinstance(error, IgnoreRequest):
        return False
    sent_on_too_often = failure.request.meta.get("redirect_ttl") == 0  # type: ignore[attr-defined]
    return not sent_on_too_often and not _is_a_bomb(error)


def _is_a_bomb(error: BaseException | None) -> bool:
    return isinstance(error, IgnoreRequest) and error.__cause__ is not None  # HttpCompression's alone has one


def content_type(response: Response) -> str | None:
    """The Content-Type header."""
    return header(response, "Content-Type")


def header(response: Response, name: str) -> str | None:
    """A header's value."""
    return (response.headers.get(name) or b"").decode("latin-1") or None
