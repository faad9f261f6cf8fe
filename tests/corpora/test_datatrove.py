"""The datatrove step, by its local executor on several tasks."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.corpora.test_clean import DIRTY, write
from tests.engine.test_text import STORY

#: As docs/scaling.md shows it; a script, as executors start processes of their own.
SCRIPT = """
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from crawler.corpora.datatrove_step import CleanText

if __name__ == "__main__":
    LocalPipelineExecutor(
        pipeline=[JsonlReader("{given}"), CleanText({options}), JsonlWriter("{out}")],
        tasks=3,
        workers=2,
        logging_dir="{logs}",
    ).run()
"""


def run(tmp_path: Path, options: str = "") -> list[dict[str, object]]:
    script = tmp_path / "pipeline.py"
    places = {"given": tmp_path / "in", "out": tmp_path / "out", "logs": tmp_path / "logs"}
    script.write_text(SCRIPT.format(options=options, **places), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    found = []
    for path in sorted((tmp_path / "out").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            found += [json.loads(line) for line in file]
    return found


@pytest.fixture
def given(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    for number in range(4):
        records = [{"id": f"{number}-{n}", "text": DIRTY, "source": "كتاب"} for n in range(150)]
        write(tmp_path / "in" / f"{number}.jsonl", records)
    return tmp_path


def test_several_tasks_clean_all_documents_once(given: Path) -> None:
    records = run(given, "audit=True")
    assert sorted(str(record["id"]) for record in records) == sorted(f"{a}-{b}" for a in range(4) for b in range(150))
    assert {record["text"] for record in records} == {STORY}
    about = records[0]["metadata"]
    assert isinstance(about, dict)
    assert (about["source"], about["clean_source"], about["keywords"]) == ("كتاب", "وكالات", ["الواحة", "بيئة"])
    assert {"start", "end", "text", "original", "rule", "kind", "confidence"} == set(about["edits"][0])
    stats = json.loads((given / "logs" / "stats.json").read_text(encoding="utf-8"))
    [step] = [step for step in stats if "news cleaner" in step["name"]]
    assert (
        step["stats"]["total"]["total"] == 600
        if isinstance(step["stats"]["total"], dict)
        else step["stats"]["total"] == 600
    )
