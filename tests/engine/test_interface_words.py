"""Lines that no list has and that speak as pages do to their visitors: by the words of the lists."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import engine
from crawler.engine import interface_words
from crawler.engine.labels import MODELS
from crawler.engine.language import phrases_for
from crawler.items import Article, Page
from tests.engine.test_around import AROUND, body

#: language, and lines that no list has
SPOKEN = {
    "ar": ["شاركنا تعليقك على المقال", "أرسل الخبر إلى أصدقائك", "شاهد كل مقاطع الفيديو"],
    "de": ["Laden Sie unsere neue App herunter", "Teilen Sie diese Seite mit Freunden"],
    "en": ["Follow our reporters on social media", "Send this page to your friends", "Click to open the gallery"],
    "es": ["Sigue todas nuestras noticias", "Comparte esta página con tus amigos"],
    "fa": ["اخبار ما را دنبال کنید", "این صفحه را با دوستان خود به اشتراک بگذارید"],
    "fr": ["Suivez toute notre actualité", "Partagez cette page avec vos amis", "Voir toutes nos vidéos"],
    "ru": ["Следите за нашими новостями", "Скачайте наше новое приложение"],
    "tr": ["Tüm haberlerimizi takip edin", "Bu sayfayı arkadaşlarınla paylaş"],
}
#: language, and headings of articles that have such a word
HEADINGS = {
    "ar": [
        "تفاصيل الحادث",
        "صور من الموقع",
        "شروط الاتفاق",
        "قراءة في نتائج الانتخابات",
        "تعليق الرحلات الجوية",
        "آخر فرصة للفريق",
        "متابعات رمضان",
    ],
    "de": ["Mehr Geld für Schulen", "Anzeige gegen Unbekannt", "Kommentare der Opposition", "Die Hintergründe"],
    "en": [
        "Email leak",
        "Click fraud",
        "Share prices fall",
        "Comments from the minister",
        "Follow the money",
        "What happens next",
    ],
    "es": ["Los hechos", "Vídeo polémico", "Suscripciones a la baja", "Últimas horas de negociación"],
    "fa": ["جزئیات حادثه", "نظر کارشناسان", "تصاویر ماهواره‌ای"],
    "fr": ["Abonnements en hausse", "Partage des tâches", "Une vidéo qui dérange", "Le contexte"],
    "ru": ["Подробности дела", "Комментарий министра", "Видео с места", "Подписка на газ"],
    "tr": ["Olayın ayrıntıları", "Haber kaynakları", "Takip mesafesi", "Son durum"],
}


def each(lines: dict[str, list[str]]) -> Any:
    """Pairs of a language and a line."""
    return pytest.mark.parametrize(("language", "line"), [(of, line) for of, known in lines.items() for line in known])


@each(SPOKEN)
def test_a_line_that_no_list_has_goes_from_pages_and_from_plain_text(language: str, line: str) -> None:
    phrases, (first, second, third) = phrases_for(), AROUND[language]["paragraphs"]
    assert phrases.line(line) is None
    assert phrases.heading(line) is None
    assert body(language, first, second, line, third) == [first, second, third]
    cleaned = engine.clean_text("\n\n".join([first, second, line, third]), language=language)
    assert cleaned.text == "\n\n".join([first, second, third])
    assert [(piece.rule, piece.kind, piece.text) for piece in cleaned.removed] == [("interface", "chrome", line)]


@each(HEADINGS)
def test_a_heading_with_one_such_word_stays(language: str, line: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, second, line, third) == [first, second, line, third]


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Send this page to your friends.</p>",  # a sentence
        "<p>Send this page to your friends:</p><ul><li>the old one</li><li>the new one</li></ul>",  # opens something
        "<h2>Send this page to your friends</h2>",
        "<ul><li>Keep a copy of the letter</li><li>Send this page to your friends</li><li>Wait for an answer</li></ul>",
    ],
)
def test_sentences_headings_items_and_what_opens_a_list_are_left_alone(markup: str) -> None:
    first, second, third = AROUND["en"]["paragraphs"]
    page = (
        f"<html lang='en'><h1>{first[:40]}</h1><article><p>{first}</p><p>{second}</p>{markup}<p>{third}</p></article>"
    )
    record = engine.process(Page(url="https://x.example/1", body=page.encode()))
    assert isinstance(record, Article)
    assert "Send this page to your friends" in record.body


def test_the_language_of_plain_text_is_read_where_nobody_tells_it() -> None:
    for language, lines in SPOKEN.items():
        story = "\n\n".join(AROUND[language]["paragraphs"])
        assert engine.clean_text(f"{story}\n\n{lines[0]}").text == story


def test_a_language_that_was_not_learned_has_no_verdict() -> None:
    line = SPOKEN["en"][0]
    assert interface_words.probability("en-GB", line) == interface_words.probability("en", line) > interface_words.SURE
    assert interface_words.probability("mi", line) == interface_words.probability(None, line) == 0


@given(st.sampled_from([*SPOKEN]), st.text())
def test_a_probability_is_one_whatever_the_line(language: str, line: str) -> None:
    assert 0 <= interface_words.probability(language, line) <= 1


def test_the_model_says_what_it_was_made_from_and_holds_words_and_pairs_of_them() -> None:
    data = json.loads((MODELS / "interface_words.json").read_text(encoding="utf-8"))
    assert data["about"]["script"] == "python -m tests.train_interface_words"
    assert data["about"]["cross-validation by site"].keys() == data["weights"].keys()
    for weights in data["weights"].values():
        assert interface_words.BIAS in weights
        assert max(len(sign.split()) for sign in weights) == 2


def test_sentences_lean_to_the_page_or_to_the_article() -> None:
    lean = interface_words.leaning
    assert lean("en", "Sign up for our newsletter. You can unsubscribe at any time.") > 1
    assert lean("en", " ".join(AROUND["en"]["paragraphs"])) < -1
    assert lean("en", "") == 0
    assert lean("sw", "Jisajili kwa jarida letu.") is lean(None, "Sign up for our newsletter.") is None
