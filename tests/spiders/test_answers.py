"""What a failed request is in a record."""

from __future__ import annotations

from scrapy.exceptions import DownloadFailedError, ResponseDataLossError
from twisted.internet.error import ConnectionDone
from twisted.python.failure import Failure
from twisted.web.client import ResponseNeverReceived

from crawler.items import Reason
from crawler.spiders.answers import outcome


def test_a_connection_that_was_closed_is_told_in_words() -> None:
    never = ResponseNeverReceived([Failure(ConnectionDone())])
    closed = Failure(DownloadFailedError(str(never)))
    assert outcome(closed) == (Reason.ERROR, "DownloadFailedError: [ConnectionDone: Connection was closed cleanly.]")
    assert outcome(Failure(ResponseDataLossError())) == (Reason.ERROR, "ResponseDataLossError")
