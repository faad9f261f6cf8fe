"""The demo, as ``make demo`` runs it."""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from tests.conftest import ROOT

COMMAND = [sys.executable, "-m", "tests.newsroom.demo"]


@pytest.fixture(autouse=True)
def _alone() -> Iterator[None]:
    """One demo at a time: both write into the project's own output/, whichever workers of pytest run them."""
    (ROOT / "output").mkdir(exist_ok=True)
    with (ROOT / "output" / ".demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def test_the_demo_delivers_both_sites_and_shows_what_it_did() -> None:
    done = subprocess.run(COMMAND, cwd=ROOT, capture_output=True, text=True, timeout=115)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "rt_arabic: 44 pages = 40 articles + 4 rejections" in done.stdout
    assert "arabkhabar: 41 pages = 41 articles + 0 rejections" in done.stdout
    before, _, after = done.stdout.partition("after: body")
    assert "مقالات مشابهة" in before
    assert "مقالات مشابهة" not in after
    assert "rt_arabic again: 7 requests, 6 of them answered 304; 0 articles fetched" in done.stdout
    files = re.findall(r"file +(output/\S+)", done.stdout)
    assert len(files) == 3
    assert all((ROOT / file).exists() for file in files)


def test_ctrl_c_stops_the_demo_cleanly_with_whole_feeds() -> None:
    process = subprocess.Popen(
        COMMAND, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    time.sleep(6)
    began = time.time()
    os.killpg(process.pid, signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130, output + errors
    assert "stopped" in output
    assert "Traceback" not in errors
    assert not [p for p in (ROOT / "output").glob("*/*.part") if p.stat().st_mtime >= began - 6]
