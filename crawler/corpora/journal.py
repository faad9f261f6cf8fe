"""The output of a long run, so that a killed one goes on where it was and ends with the same bytes.

While it runs ``OUT.part`` grows and ``OUT.progress.json`` says how far: how many bytes of the files beside it are
whole, and which records of which input they come from. Both files are on the disk before the note says so. Going
on means cutting the files to that length and reading on after those records. At the end OUT appears whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from crawler.errors import RecordError

EVERY = 4 << 20  # bytes written between two notes: what a kill repeats
COUNTS = ("documents", "removed", "duplicates", "errors", "rejections")


class Journal:
    """The growing files of one run. ``task`` is what was asked for: a run goes on with the same task alone."""

    def __init__(self, out: Path, task: dict[str, Any], *, resume: bool) -> None:
        self.out = out
        self.part = out.with_name(out.name + ".part")
        self.note = out.with_name(out.name + ".progress.json")
        self.files = {
            "part": self.part,
            "errors": out.with_name(out.name + ".errors.jsonl"),
            "rejections": out.with_name(out.name + ".rejections.jsonl"),
            "names": out.with_name(out.name + ".names.part"),  # of the documents, for those that repeat them
        }
        self.task = task
        self.input, self.records = 0, 0  # the input that is being read, its records done
        self.counts = dict.fromkeys(COUNTS, 0)
        self.resumed = resume and self.note.exists()
        sizes = self._read() if self.resumed else dict.fromkeys(self.files, 0)
        self._open: dict[str, IO[bytes]] = {}
        for name, path in self.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._open[name] = path.open("r+b" if self.resumed and path.exists() else "w+b")
            self._open[name].truncate(sizes[name])
            self._open[name].seek(0, os.SEEK_END)
        self._written = 0

    def _read(self) -> dict[str, int]:
        try:
            note = json.loads(self.note.read_text(encoding="utf-8"))
            if note["task"] != self.task:
                changed = [name for name in self.task if note["task"].get(name) != self.task[name]]
                raise RecordError(f"{self.note}: the interrupted run was another one: {', '.join(changed)} differ")
            self.input, self.records, self.counts = note["input"], note["records"], note["counts"]
            sizes: dict[str, int] = note["sizes"]
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise RecordError(f"{self.note}: no note of a run: {error!r}") from None
        if not self.part.exists() and self.out.exists() and self.out.stat().st_size == sizes["part"]:
            self.out.replace(self.part)  # killed between the last two steps
        for name, size in sizes.items():
            if size and (not self.files[name].exists() or self.files[name].stat().st_size < size):
                raise RecordError(f"{self.files[name]}: shorter than {self.note} says: it cannot be gone on with")
        return sizes

    def write(self, name: str, content: bytes) -> None:
        """Append to one of the files."""
        self._open[name].write(content)
        self._written += len(content)

    def done(self, number: int, records: int) -> None:
        """So many records of an input are in the files; noted now and then."""
        self.input, self.records = number, records
        if self._written >= EVERY:
            self.save()

    def save(self) -> None:
        """Put everything on the disk, then say so."""
        for file in self._open.values():
            file.flush()
            os.fsync(file.fileno())
        self._written = 0
        note = {
            "task": self.task,
            "input": self.input,
            "records": self.records,
            "counts": self.counts,
            "sizes": {name: file.tell() for name, file in self._open.items()},
        }
        written = self.note.with_name(self.note.name + ".part")
        with written.open("wb") as target:
            target.write(json.dumps(note, ensure_ascii=False, indent=1).encode())
            target.flush()
            os.fsync(target.fileno())
        written.replace(self.note)

    def finish(self, convert: Callable[[Path, Path], None] | None) -> None:
        """OUT, whole: the part itself or what ``convert(part, target)`` makes of it. Empty files beside it go."""
        self.save()
        for file in self._open.values():
            file.close()
        if convert:
            target = self.out.with_name(self.out.name + ".whole")
            convert(self.part, target)
            target.replace(self.out)
            self.part.unlink()
        else:
            self.part.replace(self.out)
        for name in ("errors", "rejections", "names"):
            with suppress(FileNotFoundError):
                if name == "names" or not self.files[name].stat().st_size:
                    self.files[name].unlink()
        self.note.unlink()

    def close(self) -> None:
        """Leave everything as it is for a run that goes on."""
        for file in self._open.values():
            file.close()
