"""A killed run goes on and ends with the same bytes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from crawler.corpora import reading, running
from crawler.corpora.running import Pool, Progress
from crawler.corpora.task import Task
from crawler.errors import RecordError
from tests.conftest import ROOT
from tests.corpora.test_clean import DIRTY, lines, write
from tests.engine.test_text import STORY

KILLS = 10


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Two files, some records broken, every third document a duplicate."""
    folder = tmp_path_factory.mktemp("inputs")
    records = [
        {
            "text": (DIRTY if n % 2 else STORY)
            + f"\n\nوبلغ العدد {n - n % 3} في نهاية العام الماضي بعد زيادة كبيرة في الربع الأخير منه."
        }
        for n in range(9_000)
    ]
    first = write(folder / "a.jsonl", [*records[:6_000], b"{broken\n"])
    second = write(folder / "b.jsonl.gz", [b"[]\n", *records[6_000:]])
    return [str(first), str(second)]


def quiet(_: Progress) -> None:
    """Nobody looks at the progress."""


@pytest.mark.parametrize("args", [["out.jsonl"], ["out.jsonl.gz", "--dedup", "near"]], ids=["plain", "dedup"])
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(
    inputs: list[str], tmp_path: Path, args: list[str]
) -> None:
    command = [sys.executable, "-m", "scrapy", "clean", *inputs, *args[1:], "--workers", "2", "-o"]
    whole = tmp_path / f"whole.{args[0]}"
    done = subprocess.run([*command, str(whole)], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # for the two broken records
    chance = random.Random(5)
    out = tmp_path / args[0]
    part = tmp_path / f"{args[0]}.part"
    for number in range(KILLS):
        size = part.stat().st_size if part.exists() else 0
        enough = size + chance.randrange(whole.stat().st_size // (2 * KILLS))  # half is for what is written meanwhile
        run = subprocess.Popen(
            [*command, str(out), "--resume"], cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True
        )
        if not number:
            time.sleep(chance.uniform(0, 1))  # before there is anything
        else:
            while run.poll() is None and not (part.exists() and part.stat().st_size > enough):
                time.sleep(0.002)
        assert run.poll() is None, "the run was over before it could be killed"
        os.killpg(run.pid, signal.SIGKILL)  # workers and all
        run.wait()
    done = subprocess.run([*command, str(out), "--resume"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert out.read_bytes() == whole.read_bytes()
    assert len(lines(out)) == 9_000
    errors = [path.with_name(path.name + ".errors.jsonl").read_bytes() for path in (out, whole)]
    assert errors[0] == errors[1]
    assert len(errors[0].splitlines()) == 2
    assert not list(tmp_path.glob("*.part")) + list(tmp_path.glob("*.progress.json"))


@pytest.mark.parametrize("out", ["out.jsonl", "out.jsonl.zst", "out.parquet"])
@pytest.mark.parametrize("dedup", [None, "exact"])
def test_a_run_may_be_stopped_after_any_chunk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, dedup: str | None
) -> None:
    """Every place between two notes and between a note and the end, without waiting for chance."""
    monkeypatch.setattr(reading, "CHUNK", 3_000)
    monkeypatch.setattr("crawler.corpora.journal.EVERY", 5_000)
    names = [str(write(tmp_path / "in.jsonl", [{"id": n % 7, "text": DIRTY + str(n % 5)} for n in range(40)]))]
    task = Task(dedup=dedup)
    running.run(names, tmp_path / f"whole-{out}", task, Pool(), resume=False, told=quiet)
    wanted = (tmp_path / f"whole-{out}").read_bytes()

    class StoppedError(Exception):
        """Somebody pulled the plug."""

    for after in range(1, 60):
        left = [after]

        def stop(_: Progress, left: list[int] = left) -> None:
            left[0] -= 1
            if not left[0]:
                raise StoppedError

        try:
            running.run(names, tmp_path / out, task, Pool(), resume=False, told=stop)
            break
        except StoppedError:
            assert (tmp_path / f"{out}.part").exists()
        running.run(names, tmp_path / out, task, Pool(), resume=True, told=quiet)
        assert (tmp_path / out).read_bytes() == wanted
    else:
        pytest.fail("the run has more chunks than this test knows of")
    assert after > 10


def test_a_run_goes_on_with_the_same_task_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.corpora.journal.EVERY", 1)
    names = [str(write(tmp_path / "in.jsonl", [{"text": DIRTY}]))]
    out = tmp_path / "out.jsonl"

    def stop(_: Progress) -> None:
        raise KeyboardInterrupt

    def later(progress: Progress) -> None:
        if progress.counts["documents"]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.run(names * 2, out, Task(), Pool(), resume=False, told=later)
    note = out.with_name("out.jsonl.progress.json")
    if not note.exists():
        note.write_text(json.dumps({"task": {}, "input": 0, "records": 0, "counts": {}, "sizes": {}}), encoding="utf-8")
    with pytest.raises(RecordError, match=r"the interrupted run was another one: .*mode"):
        running.run(names * 2, out, Task(mode="recall"), Pool(), resume=True, told=stop)
    note.write_text("{}", encoding="utf-8")
    with pytest.raises(RecordError, match="no note of a run"):
        running.run(names * 2, out, Task(), Pool(), resume=True, told=quiet)


def test_a_document_that_takes_too_long_is_named_and_the_others_are_cleaned(tmp_path: Path) -> None:
    slow = "كلمة قصيرة\n" * 1_500_000
    names = [str(write(tmp_path / "in.jsonl", [{"text": DIRTY}, {"text": slow}, {"text": DIRTY}]))]
    out = tmp_path / "out.jsonl"
    progress = running.run(names, out, Task(), Pool(workers=1, seconds=3), resume=False, told=quiet)
    assert progress.counts["documents"] == 2
    [error] = lines(out.with_name("out.jsonl.errors.jsonl"))
    assert (error["line"], error["reason"]) == (2, "took longer than 3 s")
