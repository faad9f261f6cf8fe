"""The stories: each file is an article and its gold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

import tomli

FOLDER = Path(__file__).parent / "stories"
MONTHS = (
    "كانون الثاني/يناير شباط/فبراير آذار/مارس نيسان/أبريل أيار/مايو حزيران/يونيو تموز/يوليو آب/أغسطس أيلول/سبتمبر تشرين الأول/أكتوبر تشرين الثاني/نوفمبر كانون الأول/ديسمبر".replace(
        "كانون ", "كانون_"
    )
    .replace("تشرين ", "تشرين_")
    .split()
)
SECTIONS = {
    "middle_east": "أخبار العالم العربي",
    "world": "أخبار العالم",
    "business": "مال وأعمال",
    "sport": "الرياضة",
    "health": "الصحة",
    "technology": "العلوم والتكنولوجيا",
    "culture": "الثقافة والفن",
}


@dataclass(frozen=True)
class Story:
    """What a person would keep of the page (``body``), and what must become data."""

    id: str
    headline: str
    section: str
    date_published: str
    authors: tuple[str, ...]
    keywords: tuple[str, ...]
    source: str
    caption: str
    body: tuple[str, ...]
    quirk: str | None = None  # how its page differs from the others: windows-1256, marks, breaks, …

    @property
    def text(self) -> str:
        """The body as the engine must give it."""
        return "\n\n".join(self.body)

    @property
    def slug(self) -> str:
        """The headline as publishers put it into addresses."""
        return "-".join(self.headline.replace(":", "").replace("%", "").replace(".", "").split())

    @property
    def moment(self) -> datetime:
        """When it was published."""
        return datetime.fromisoformat(self.date_published)

    @property
    def date_words(self) -> str:
        """The date as Levantine papers write it: «20 تشرين الثاني/نوفمبر 2026»."""
        return f"{self.moment.day} {MONTHS[self.moment.month - 1].replace('_', ' ')} {self.moment.year}"


@cache
def all_stories() -> tuple[Story, ...]:
    """Newest first."""
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        data = tomli.loads(path.read_text(encoding="utf-8"))
        lists = {name: tuple(data.pop(name)) for name in ("authors", "keywords", "body")}
        found.append(Story(id=path.stem, **lists, **data))
    return tuple(found)
