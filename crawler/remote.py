"""Reading what lies elsewhere: local paths, s3://, gs://, sftp://, ftp://, https://.

Through smart_open (kept; streams, and speaks to each by its own client).
"""

from __future__ import annotations

import glob
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from w3lib.url import file_uri_to_path

from crawler.errors import RecordError

_MAGIC = ("*", "?", "[")


def is_remote(uri: str) -> bool:
    """Whether an address names another machine."""
    return urlsplit(uri).scheme not in ("", "file")


def opened(uri: str, settings: Mapping[str, Any]) -> IO[bytes]:
    """The bytes at an address, as they are there. FileNotFoundError where nothing is.

    ``settings``: AWS_ENDPOINT_URL and its kin, as Scrapy has them.
    """
    if not is_remote(uri):
        return Path(_path(uri)).open("rb")
    from smart_open import open as open_remote  # noqa: PLC0415 (an extra: requirements-remote.txt)

    given = {"client": _s3(settings)} if uri.startswith("s3://") else {}
    try:
        return open_remote(uri, "rb", compression="disable", transport_params=given)
    except OSError as error:
        if "NoSuchKey" in str(error) or "404" in str(error):
            raise FileNotFoundError(uri) from error
        raise


def found(pattern: str, settings: Mapping[str, Any]) -> list[str]:
    """The files that a path, a pattern or the beginning of S3 keys stands for, sorted; ``**`` crosses folders.

    RecordError where there are none.
    """
    if pattern.startswith("s3://"):
        names = _keys(pattern, settings)
    elif is_remote(pattern):
        names = [pattern]
    else:
        path = _path(pattern)
        names = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (a pattern may be absolute)
        names = [str(p) for name in names for p in ([Path(name)] if Path(name).is_file() else _files(Path(name)))]
    if not names:
        raise RecordError(f"{pattern}: no such file, and no folder or pattern with any")
    return names


def uri(path: str) -> str:
    """A local path as an address."""
    return Path(path).absolute().as_uri()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _path(uri: str) -> str:
    return file_uri_to_path(uri) if uri.startswith("file:") else uri


def _keys(pattern: str, settings: Mapping[str, Any]) -> list[str]:
    parts = urlsplit(pattern)
    wanted = parts.path.lstrip("/")
    start = min((wanted.index(mark) for mark in _MAGIC if mark in wanted), default=len(wanted))
    pages = _s3(settings).get_paginator("list_objects_v2").paginate(Bucket=parts.netloc, Prefix=wanted[:start])
    keys = [entry["Key"] for page in pages for entry in page.get("Contents", ())]
    return sorted(f"s3://{parts.netloc}/{key}" for key in keys if start == len(wanted) or fnmatch(key, wanted))


def _s3(settings: Mapping[str, Any]) -> Any:
    import boto3  # noqa: PLC0415 (an extra: requirements-remote.txt)

    return boto3.session.Session().client(
        "s3",
        aws_access_key_id=settings.get("AWS_ACCESS_KEY_ID"),
        aws_secret_access_key=settings.get("AWS_SECRET_ACCESS_KEY"),
        aws_session_token=settings.get("AWS_SESSION_TOKEN"),
        endpoint_url=settings.get("AWS_ENDPOINT_URL") or None,
        region_name=settings.get("AWS_REGION_NAME") or None,
    )
