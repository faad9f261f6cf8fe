"""``scrapy verify MANIFEST…``: whether a delivery is what the crawl has written."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import remote
from crawler.errors import RecordError
from crawler.records import manifest


class Command(ScrapyCommand):
    """Reads every byte. Exit code 0: all is as delivered; 1: something is not; 2: no manifest."""

    requires_project = True
    requires_crawler_process = False

    def syntax(self) -> str:
        """The arguments."""
        return "MANIFEST [MANIFEST …]"

    def short_desc(self) -> str:
        """One line for ``scrapy --help``."""
        return "Check the files of deliveries against their manifests (paths, s3://, gs://, sftp://, ftp://)"

    def long_desc(self) -> str:
        """What --help prints."""
        return (
            f"{self.short_desc()}. Size and SHA-256 of every file that a manifest lists are compared with the file "
            "beside it. Exit codes: 0 all is as delivered, 1 a file is missing or has other bytes, 2 no manifest."
        )

    def run(self, args: list[str], opts: Namespace) -> None:  # noqa: ARG002 (Scrapy's signature)
        """A line for each file, and one for each manifest."""
        if not args:
            raise UsageError("name at least one manifest")
        for name in args:
            try:
                self._verify(name)
            except RecordError as error:
                raise UsageError(str(error), print_help=False) from None

    def _verify(self, name: str) -> None:
        assert self.settings is not None
        opened = partial(remote.opened, settings=self.settings)
        folder = name.rpartition("/")[0]
        try:
            with opened(name) as content:
                files = manifest.files_of(content.read(), name)
        except OSError as error:
            raise RecordError(f"{name}: {error.strerror or error}") from None
        bad = 0
        for file in files:
            wrong = manifest.problem(file, lambda beside: opened(f"{folder}/{beside}" if folder else beside))
            bad += wrong is not None
            print(f"{'BAD' if wrong else 'ok '} {file.name}: {wrong or f'{file.records} records, {file.size} bytes'}")
        print(f"{name}: {len(files) - bad} of {len(files)} files are as delivered")
        self.exitcode = max(self.exitcode, int(bad > 0))
