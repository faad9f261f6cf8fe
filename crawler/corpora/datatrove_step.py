"""The engine as a step of a datatrove pipeline, for one machine, Slurm or Ray (docs/scaling.md has each as a script).

pip install -r requirements.txt -r requirements-corpora.txt
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from datatrove.data import Document
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints

from crawler.corpora import boilerplate
from crawler.corpora.cleaning import BATCH
from crawler.corpora.fields import additions, url_of
from crawler.engine import Options
from crawler.engine.text import clean_texts
from crawler.urls import host


class CleanText(PipelineStep):  # type: ignore[misc]
    """Documents in, the same documents out: their text clean, what was taken out in their metadata.

    ``mode`` and ``language`` are those of ``scrapy clean``; ``site_boilerplate`` is a file from ``--learn``.
    """

    name = "Arabic news cleaner"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        mode: str = "precision",
        language: str | None = None,
        site_boilerplate: str | None = None,
        *,
        audit: bool = False,
    ) -> None:
        super().__init__()
        Options(mode=mode)  # a wrong mode is said here, not on every worker
        self.mode, self.language, self.site_boilerplate, self.audit = mode, language, site_boilerplate, audit

    def run(self, data: Iterable[Document], rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """A batch at a time: documents share one table of features."""
        options = Options(mode=self.mode)
        known = boilerplate.load(self.site_boilerplate) if self.site_boilerplate else {}
        documents = iter(data)
        while part := list(islice(documents, BATCH)):
            with self.track_time("batch"):
                sites = [known.get(host(url_of(document.metadata))) for document in part]
                results = clean_texts(
                    [document.text for document in part], language=self.language, options=options, site_lines=sites
                )
            for document, result in zip(part, results, strict=True):
                document.text = result.text
                document.metadata |= additions(result, document.metadata, audit=self.audit)
                self.stat_update(StatHints.total)
                self.stat_update("removed", value=len(result.removed))
                self.update_doc_stats(document)
                yield document
