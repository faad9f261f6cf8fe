"""``make train``, last part: learn the words of pages' interfaces, and write crawler/engine/model/interface_words.json.

    python -m tests.train_interface_words [PAGES.jsonl.gz …]

For each language, what is the page's: the phrases of crawler/engine/phrases, the lines of tests/engine/around.toml. What
is the article's: the short lines, sentences and headlines of gold texts, and windows of their prose; where they are too
few, words drawn by their frequency in the language (wordfreq, kept: forty languages in one package). And a word or two of
each line of a page among words of articles: «Email leak», "Cookie recipe" are headings of an article, so that no word
alone may tell. The weights are those of scikit-learn's logistic regression. First a cross-validation, gold by site.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from crawler import engine
from crawler.engine import interface_words
from crawler.engine.language import CHOICES, PHRASES, phrases_for
from crawler.engine.toml import read_toml
from crawler.items import Article, Page
from crawler.records.pages import read_gold
from tests.train import MODELS, PARTS, head, part_of, paths_asked_for

AROUND = Path(__file__).parent / "engine" / "around.toml"
LONGEST = 12  # words of a line
WINDOWS = range(2, 9)  # words of a window of prose
ARTICLES_SHARE = 3  # so many lines of articles, at least, for one of a page
LEAST = 200  # lines of pages, or there is nothing to learn from
UNSPACED = ("ja", "ko", "zh")  # without spaces between words; Korean's endings are parts of them
HALVES = 5  # of each line: one, drawn by chance, moved weights more than a line does
HALF = 0.5  # what they weigh together, to one whole line
DRAWS = 3  # of them, each weighed alone: where two signs say the same, L1 takes either
LEAST_WEIGHT = 0.1
STRENGTH = 30.0  # scikit-learn's C: the larger, the more weights are left
_TWO_OF = 4  # words: of a longer line two may be the article's
_PLACE = re.compile(r"\{\w+\}|…+")
_SENTENCES = re.compile(r"(?<=[.!?؟。।])\s+")
#: What says who, when and of what, in words of its own: no line of an interface.
_OTHER_KINDS, _OTHER_USES = ("byline", "date", "caption"), ("cue", "credit", "mark")
_FREQUENCIES = {"no": "nb"}  # as wordfreq calls it


def main() -> None:
    """Cross-validate, train, write."""
    paths = paths_asked_for(__doc__)
    pages = [entry for path in paths for entry in read_gold(path) if isinstance(entry[1].get("body"), str)]
    with ProcessPoolExecutor() as pool:
        languages = list(pool.map(language_of, pages, chunksize=8))
    rows = [(language, row) for language, (_, row) in zip(languages, pages, strict=True)]
    weights, held_out = {}, {}
    for language in sorted(read_toml(AROUND).keys() - UNSPACED):
        own = lines_of_pages(language)
        if len(own) < LEAST:
            continue
        others = lines_of_articles(language, [row for of, row in rows if of == language], len(own) * ARTICLES_SHARE)
        held_out[language] = cross_validated(own, others)
        print(f"{language}: {held_out[language]}", file=sys.stderr)
        weights[language] = learned(own, others)
    write(MODELS / "interface_words.json", head("tests.train_interface_words", paths, held_out), weights)


def language_of(entry: tuple[Page, dict[str, Any]]) -> str | None:
    """The language of a page, without its country."""
    record = engine.process(entry[0])
    return record.language.partition("-")[0] if isinstance(record, Article) and record.language else None


def lines_of_pages(language: str) -> list[str]:
    """What pages say of themselves, to their visitors, or before other stories."""
    tables = read_toml(PHRASES / f"{language}.toml")
    found = {
        _PLACE.sub("", phrase).strip()
        for kind, uses in tables.items()
        for use, phrases in uses.items()
        if kind not in (CHOICES, *_OTHER_KINDS) and use not in _OTHER_USES
        for phrase in phrases
    }
    found |= {line.partition("{o}")[0].strip(' :«"') for line in read_toml(AROUND)[language]["lines"]}
    return sorted(line for line in found if 0 < len(line.split()) <= LONGEST)


def lines_of_articles(language: str, rows: list[dict[str, Any]], least: int) -> list[tuple[str, str]]:
    """Pairs of a site and a short line of an article or something that is as short."""
    own = read_toml(AROUND)[language]
    texts = [(row["site"], line) for row in rows for line in row["body"].split("\n")]
    texts += [("", line) for line in (*own["paragraphs"], *own.get("prose", ()))]
    found = [(row["site"], row["title"]) for row in rows if row.get("title")]
    for site, text in texts:
        sentences = _SENTENCES.split(text)
        found += [(site, part) for part in sorted({text, *sentences}) if 0 < len(part.split()) <= LONGEST]
        found += [(site, window) for sentence in sentences for window in windows(sentence)]
    phrases = phrases_for()
    found = [(site, line) for site, line in found if not (phrases.line(line) or phrases.heading(line))]
    return found + [("", line) for line in drawn(language, least - len(found))]


def windows(sentence: str) -> Iterator[str]:
    """Some of the words of a sentence, one after the other: the same whatever other sentences there are."""
    words, rng = sentence.split(), random.Random(sentence)
    length = rng.choice(WINDOWS)
    if len(words) > length:
        at = rng.randrange(len(words) - length)
        yield " ".join(words[at : at + length])


def drawn(language: str, count: int) -> list[str]:
    """Words as frequent as they are in the language, in no order."""
    from wordfreq import get_frequency_dict  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 (for training only)

    try:
        frequencies = get_frequency_dict(_FREQUENCIES.get(language, language))
    except LookupError:
        return []
    lengths, rng = random.Random(language), random.Random(language)
    words = rng.choices([*frequencies], [*frequencies.values()], k=max(0, count) * WINDOWS[-1])
    return [" ".join(words[at : at + lengths.choice(WINDOWS)]) for at in range(0, len(words), WINDOWS[-1])]


def half_said(own: list[str], others: list[tuple[str, str]], draw: int) -> list[str]:
    """For each line of a page a word or two of it, among words of articles, HALVES times over; others in each draw."""
    pool = [word for _, line in others for word in line.split()]
    found = []
    for number, line in product(range(HALVES), own):
        words, rng = line.split(), random.Random(f"{draw} {number} {line}")
        length = rng.choice((1, 2)) if len(words) > _TWO_OF else 1
        at = rng.randrange(max(1, len(words) - length + 1))
        around = rng.choices(pool, k=rng.choice((1, 1, 2, 3)))
        before = rng.randrange(len(around) + 1)
        found.append(" ".join([*around[:before], *words[at : at + length], *around[before:]]))
    return found


def learned(own: list[str], others: list[tuple[str, str]]) -> dict[str, float]:
    """The weights of the signs of lines, of pages and of articles: the means of some draws."""
    sums: dict[str, float] = defaultdict(float)
    for draw in range(DRAWS):
        for sign, weight in drawn_once(own, others, draw).items():
            sums[sign] += weight / DRAWS
    kept = {sign: round(weight, 2) for sign, weight in sums.items() if abs(weight) >= LEAST_WEIGHT}
    return {interface_words.BIAS: round(sums[interface_words.BIAS], 2), **kept}


def drawn_once(own: list[str], others: list[tuple[str, str]], draw: int) -> dict[str, float]:
    """The weights by one draw of half-said lines."""
    from scipy.sparse import csr_matrix  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 (for training only)
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415

    halves = half_said(own, others, draw)
    lines = [*own, *halves, *[line for _, line in others]]
    shares = np.ones(len(lines))
    shares[len(own) : len(own) + len(halves)] = HALF / HALVES
    signs = [sorted(interface_words.signs(line)) for line in lines]
    names = sorted({sign for line in signs for sign in line})
    number = {name: at for at, name in enumerate(names)}
    columns = np.array([number[sign] for line in signs for sign in line], dtype=np.int32)
    rows = np.repeat(np.arange(len(signs), dtype=np.int32), [len(line) for line in signs])
    table = csr_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(signs), len(names)))
    model = LogisticRegression(C=STRENGTH, solver="liblinear", l1_ratio=1.0, random_state=0)
    model.fit(table, np.arange(len(signs)) < len(own), shares)
    weights = zip(names, map(float, model.coef_[0]), strict=True)
    return {interface_words.BIAS: float(model.intercept_[0]), **{name: weight for name, weight in weights if weight}}


def cross_validated(own: list[str], others: list[tuple[str, str]]) -> str:
    """How many lines of either sort are taken for the page's by weights that know none of their site."""
    right = wrong = tried = 0
    rng = random.Random(0)
    parts = [rng.randrange(PARTS) for _ in own]
    for part in range(PARTS):
        weights = learned(
            [line for line, of in zip(own, parts, strict=True) if of != part],
            [(site, line) for site, line in others if part_of(site) != part or not site],
        )
        right += taken(weights, [line for line, of in zip(own, parts, strict=True) if of == part])
        unseen = [line for site, line in others if site and part_of(site) == part]
        wrong, tried = wrong + taken(weights, unseen), tried + len(unseen)
    return f"{right} of {len(own)} lines of pages, {wrong} of {tried} of articles"


def taken(weights: dict[str, float], lines: list[str]) -> int:
    """How many of some lines the weights take for a page's."""
    return sum(interface_words.of_weights(weights, line) >= interface_words.SURE for line in lines)


def write(path: Path, about: dict[str, Any], weights: dict[str, dict[str, float]]) -> None:
    """The weights as JSON, a line for each language."""
    lines = ",\n".join(f'  "{name}": {json.dumps(of, ensure_ascii=False)}' for name, of in weights.items())
    path.write_text(
        json.dumps({"about": about}, indent=1)[:-2] + ',\n "weights": {\n' + lines + "\n }\n}\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
