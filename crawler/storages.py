"""Feed storages in which a feed appears whole or not at all: it gets its name when its last byte is there."""

from __future__ import annotations

import ftplib
import os
import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath
from ssl import create_default_context
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from scrapy import Spider
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.extensions.feedexport import BlockingFeedStorage, FileFeedStorage, FTPFeedStorage
from scrapy.utils.ftp import ftp_store_file

if TYPE_CHECKING:
    from typing_extensions import Self

TIMEOUT = 30  # seconds that another machine may take to answer


class WholeFileStorage(FileFeedStorage):
    """Writes ``<feed>.<pid>.part`` beside the feed, fsyncs it and renames it when the crawl ends.

    A kill leaves the old feed as it was, and a part file that the next run of the feed removes. Appending
    (``-o``) copies the old feed first.
    """

    def __init__(self, uri: str, *, feed_options: dict[str, Any] | None = None) -> None:
        super().__init__(uri, feed_options=feed_options)
        self.final = Path(self.path)
        self.part = self.final.with_name(f"{self.final.name}.{os.getpid()}.part")

    def open(self, spider: Spider) -> IO[bytes]:  # noqa: ARG002 (Scrapy's signature)
        """Open the part file."""
        self.final.parent.mkdir(parents=True, exist_ok=True)
        self._sweep()
        if self.write_mode == "ab" and self.final.exists():
            shutil.copyfile(self.final, self.part)
        return self.part.open(self.write_mode)

    def store(self, file: IO[bytes]) -> None:
        """Give the part file its name, once it is on the disk."""
        file.flush()
        os.fsync(file.fileno())
        file.close()
        self.part.replace(self.final)
        directory = os.open(self.final.parent, os.O_RDONLY)
        try:
            os.fsync(directory)  # so that the new name survives a power cut too
        finally:
            os.close(directory)

    def _sweep(self) -> None:
        """Remove part files of runs that were killed."""
        for part in self.final.parent.glob(f"{self.final.name}.*.part"):
            pid = part.name.split(".")[-2]
            if pid.isdigit() and not _is_running(int(pid)):
                part.unlink(missing_ok=True)


class WholeFtpStorage(FTPFeedStorage):
    """``ftp://user:password@host/path`` and ``ftps://…``: uploads ``<feed>.part`` and renames it."""

    def _store_in_thread(self, file: IO[bytes]) -> None:
        where = {"host": self.host, "port": self.port, "username": self.username, "password": self.password}
        modes = {"use_active_mode": self.use_active_mode, "tls": self.tls}
        ftp_store_file(path=f"{self.path}.part", file=file, **where, **modes)  # type: ignore[arg-type]
        with ftplib.FTP_TLS(context=create_default_context()) if self.tls else ftplib.FTP() as ftp:  # noqa: S321 (asked for)
            ftp.connect(self.host, self.port, TIMEOUT)
            ftp.login(self.username, self.password)
            try:
                ftp.rename(f"{self.path}.part", self.path)
            except ftplib.error_perm:  # some servers do not rename over a file
                ftp.delete(self.path)
                ftp.rename(f"{self.path}.part", self.path)


class SftpStorage(BlockingFeedStorage):
    """``sftp://user@host/path``: uploads ``<feed>.part`` and renames it. Keys are the user's SSH keys or
    FEED_STORAGE_SFTP_KEY; the host's key must be known (FEED_STORAGE_SFTP_KNOWN_HOSTS).

    Through paramiko (kept, the SSH client that smart_open reads with too).
    """

    def __init__(self, uri: str, key: str | None, known_hosts: str | None) -> None:
        parts = urlsplit(uri)
        if not parts.hostname:
            raise ValueError(f"{uri}: an address without a host")
        self.where: dict[str, Any] = {"hostname": parts.hostname, "port": parts.port or 22}
        self.where |= {"username": parts.username, "password": unquote(parts.password) if parts.password else None}
        self.path = PurePosixPath(unquote(parts.path))
        self.key = key
        self.known_hosts = known_hosts

    @classmethod
    def from_crawler(cls, crawler: Crawler, uri: str, *, feed_options: dict[str, Any] | None = None) -> Self:  # noqa: ARG003
        """NotConfigured without paramiko."""
        try:
            import paramiko  # noqa: F401, PLC0415 (an extra: requirements-remote.txt)
        except ImportError:
            raise NotConfigured("sftp:// needs paramiko: pip install -r requirements-remote.txt") from None
        settings = crawler.settings
        return cls(uri, settings["FEED_STORAGE_SFTP_KEY"], settings["FEED_STORAGE_SFTP_KNOWN_HOSTS"])

    def _store_in_thread(self, file: IO[bytes]) -> None:
        import paramiko  # noqa: PLC0415 (as above)

        with file, paramiko.SSHClient() as client:
            client.load_system_host_keys(self.known_hosts)
            client.connect(**self.where, key_filename=self.key, timeout=TIMEOUT)
            with client.open_sftp() as sftp:
                for folder in reversed(self.path.parents):
                    with suppress(OSError):  # it is there
                        sftp.mkdir(str(folder))
                file.seek(0)
                sftp.putfo(file, f"{self.path}.part")
                sftp.posix_rename(f"{self.path}.part", str(self.path))


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
