"""The language of a page: what it declares, unless its text is surely in another one."""

from __future__ import annotations

import pytest

from crawler import engine
from crawler.engine.identification import contradicts, identified
from crawler.items import Article, Page

TEXTS = {
    "ar": "أعلنت وزارة الري اليوم أن السد الجديد سيبدأ تخزين المياه في الخريف المقبل بعد سنوات من العمل.",
    "fa": "وزارت نیرو امروز اعلام کرد که سد تازه پس از سال‌ها کار از پاییز آینده آبگیری می‌شود و به کشاورزان آب می‌رساند.",
    "ur": "وزارت آبپاشی نے آج کہا ہے کہ نئے ڈیم میں برسوں کے کام کے بعد اگلی خزاں سے پانی جمع کیا جائے گا۔",
    "he": "משרד המים הודיע היום כי הסכר החדש יתחיל לאגור מים בסתיו הבא לאחר שנים של עבודה באזור.",
    "en": "The ministry of water said today that the new dam will begin to fill in autumn after years of work in the valley.",
    "de": "Das Wasserministerium hat heute mitgeteilt, dass der neue Damm nach Jahren der Arbeit im Herbst gefüllt wird.",
    "zh": "水利部今天宣布，经过多年建设，新水坝将于今年秋天开始蓄水，并为山谷里的农民供水。",
}


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_tells_its_language(language: str) -> None:
    assert identified(TEXTS[language]) == language


@pytest.mark.parametrize("text", ["", "OK", "1 2 3", "Reuters AFP DPA", "🙂" * 40])
def test_a_few_words_tell_nothing(text: str) -> None:
    assert identified(text) is None


def test_a_transliterated_text_tells_nothing() -> None:
    assert (
        identified("Pravitelstvo segodnya prinyalo novyy zakon o vodnykh resursakh strany i o plotinakh v gorakh")
        is None
    )


@pytest.mark.parametrize(
    ("text_language", "declared", "wanted"),
    [
        ("de", "en", True),
        ("de", "de", False),
        (None, "en", False),
        ("no", "nb", False),
        ("hr", "sr", False),
        ("fr", "oc", False),  # CLD3 knows no Occitan
    ],
)
def test_a_text_contradicts_what_it_can_tell_apart(text_language: str | None, declared: str, wanted: bool) -> None:
    assert contradicts(text_language, declared) is wanted


def _language(attributes: str, text: str) -> tuple[str | None, str | None]:
    body = "".join(f"<p>{text} {text}</p>" for _ in range(3))
    html = f"<html {attributes}><head><meta property='og:locale' content='fr_FR'></head><body>{body}</body></html>"
    record = engine.process(Page(url="https://x.example/1", body=html.encode()))
    assert isinstance(record, Article)
    return record.language, record.field_sources.get("language")


def test_what_the_page_declares_is_believed() -> None:
    assert _language("lang='DE-at'", TEXTS["de"]) == ("de", "html")


def test_the_text_outweighs_a_wrong_lang() -> None:
    assert _language("lang='en'", TEXTS["ar"]) == ("ar", "text")
    assert _language("lang='en'", TEXTS["de"]) == ("de", "text")


def test_a_page_that_declares_nothing_right_is_in_the_language_of_its_text() -> None:
    assert _language("lang='{{ lang }}'", TEXTS["de"]) == ("de", "text")
    assert _language("", TEXTS["fa"]) == ("fa", "text")
