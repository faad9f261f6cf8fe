"""The commands in docs/ with what they print: run against the newsroom, compared by a test, written by ``make docs``.

A document's ``console`` blocks are one session in a copy of the project: a line that begins with ``$ `` is a command
for bash, what follows is its output. ``http://127.0.0.1:8001`` and ``:8002`` are the newsroom's two sites.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.newsroom.server import Newsroom

ROOT = Path(__file__).parents[1]
DOCUMENTS = ("commands.md", "tutorial.md")
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
SHOWN = ("http://127.0.0.1:8001", "http://127.0.0.1:8002")
#: What is another in each run: moments, durations, rates, sizes, other sites' tests; how wide a table's columns are.
VARIES = (
    (re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d[-:]\d\d(?:[-:]\d\d)?(?:[+-]\d\d[-:]\d\d|Z)?)?"), "TIME"),
    (re.compile(r"\b\d+:\d\d(?::\d\d)?\b"), "DURATION"),
    (re.compile(r"[\d,.]+ ?(?:ms|s|MB/s|MB|KB|MiB|documents/s|bytes|/s)\b"), "AMOUNT"),
    (re.compile(r"\b\d+ deselected"), "DESELECTED"),
    (re.compile(r"[ ─━]{2,}"), " "),
    (re.compile(r" +$", re.MULTILINE), ""),
)


def plain(output: str) -> str:
    """The output without what varies from run to run."""
    for pattern, name in VARIES:
        output = pattern.sub(name, output)
    return output.strip()


def steps(text: str) -> Iterator[tuple[str, str]]:
    """(command, output as the document has it), in order."""
    for block in BLOCK.findall(text):
        yield from _steps(block)


def _steps(block: str) -> Iterator[tuple[str, str]]:
    for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, output = step.partition("\n")
        yield command, output


class Shell:
    """A copy of the project beside an open newsroom, as a reader of the document has it."""

    def __init__(self, folder: Path, newsroom: Newsroom) -> None:
        self.home = folder / "news"
        self.origins = (newsroom.publisher.origin, newsroom.aggregator.origin)
        shutil.copytree(ROOT, self.home, ignore=shutil.ignore_patterns(".*", "__pycache__", "output"))
        (self.home / "output").mkdir()

    def run(self, command: str) -> str:
        """What the command prints, standard error too."""
        for shown, real in zip(SHOWN, self.origins, strict=True):
            command = command.replace(shown, real)
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        output = subprocess.run(
            ["bash", "-c", command],
            cwd=self.home,
            env={**os.environ, "PATH": path, "COLUMNS": "120"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=120,
        ).stdout
        for shown, real in zip(SHOWN, self.origins, strict=True):
            output = output.replace(real, shown).replace(real.partition("//")[2], shown.partition("//")[2])
        return output


def written(text: str, shell: Shell) -> str:
    """The document with each command's output as it is now."""

    def session(block: re.Match[str]) -> str:
        shown = []
        for command, _ in _steps(block.group()):
            output = "\n".join(line.rstrip() for line in shell.run(command).strip("\n").split("\n"))
            shown.append(f"$ {command}\n{output}\n" if output else f"$ {command}\n")
        return "".join(shown)

    return BLOCK.sub(session, text)


def main() -> None:
    """Write the outputs of all of them."""
    for name in DOCUMENTS:
        path = ROOT / "docs" / name
        with Newsroom() as newsroom, tempfile.TemporaryDirectory() as folder:
            text = written(path.read_text(encoding="utf-8"), Shell(Path(folder), newsroom))
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
