"""What players of video and sound leave between the paragraphs of an article, in pages and in plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler import engine
from crawler.engine import players
from crawler.engine.folding import fold
from crawler.engine.toml import DATA, read_toml
from tests.engine.test_around import AROUND, body

#: language, and what a player leaves in its order on the page
LEFT = {
    "en": [
        "Video Player is loading.",
        "Current Time 0:00",
        "/",
        "Duration 1:24",
        "Loaded: 0%",
        "Stream Type LIVE",
        "Seek to live, currently behind live LIVE",
        "1x",
        "Playback Rate",
        "Chapters",
        "descriptions off, selected",
        "captions settings, opens captions settings dialog",
        "English",  # of the captions: a player has no name for it
        "This is a modal window.",
        "Beginning of dialog window. Escape will cancel and close the window.",
        "Text Color White Black Red Green Blue Yellow Magenta Cyan Transparency Opaque Semi-Transparent",
        "Font Size 50% 75% 100% 125% 150% 175% 200% 300% 400%",
        "Reset restore all settings to the default values Done",
        "End of dialog window.",
    ],
    "ar": ["مشغل الفيديو", "الوقت الحالي 0:00", "00:00", "سرعة التشغيل", "ملء الشاشة", "هذه نافذة", "لا يوجد محتوى"],
    "de": [
        "Aktueller Zeitpunkt 0:00",
        "Dauer 1:24",
        "Geladen: 0%",
        "Dies ist ein modales Fenster",
        "Ende des Dialogfensters.",
    ],
    "fr": ["Lecteur vidéo", "Utilisez les flèches haut/bas pour augmenter ou diminuer le volume."],
    "tr": ["Oynatma Hızı 1x", "Bölümler", "Altyazı Kapalı, seçildi"],
}
#: lines of an article that are names of a player's parts, or begin like one
STAY = [
    ["Chapters"],
    ["Red", "White", "Blue"],
    ["Text", "Background"],
    ["Current time"],
    ["Chapters", "Descriptions", "Duration"],
    ["The captions were off", "The settings of the captions"],
    ["This is a modal window into the past"],
]


@pytest.mark.parametrize("language", LEFT)
def test_what_a_player_leaves_goes_from_pages_and_from_plain_text(language: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, second, *LEFT[language], third) == [first, second, third]
    cleaned = engine.clean_text("\n\n".join([first, second, *LEFT[language], third]))
    assert cleaned.text == "\n\n".join([first, second, third])
    assert {(piece.rule, piece.kind) for piece in cleaned.removed} & {("player", "chrome")}


def test_it_goes_where_it_is_one_line() -> None:
    first, second, third = AROUND["en"]["paragraphs"]
    line = " ".join(line for line in LEFT["en"] if line != "English")
    assert body("en", first, second, line, third) == [first, second, third]
    assert engine.clean_text("\n".join([first, line, second, third])).text == "\n".join([first, second, third])


@pytest.mark.parametrize("lines", STAY, ids=[lines[0] for lines in STAY])
def test_a_line_of_an_article_that_has_such_a_name_stays(lines: list[str]) -> None:
    assert list(players.of_players(map(fold, lines))) == []


def test_the_title_of_a_film_goes_with_its_player_and_a_sentence_beside_it_stays() -> None:
    title, sentence = "Harbour at dawn", "The ferry leaves the harbour at dawn, as it always has"
    player = ["Playback Rate", "Current Time 0:00", title, "This is a modal window."]
    assert list(players.of_players(map(fold, player))) == [0, 1, 2, 3]
    assert list(players.of_players(map(fold, [title, *player, title]))) == [1, 2, 3, 4]
    assert list(players.of_players(map(fold, [*player[:2], sentence, *player[3:]]))) == [0, 1, 3]


@given(st.lists(st.sampled_from([*LEFT["en"], "Harbour at dawn", "", "The ferry leaves the old harbour at dawn"])))
def test_lines_are_named_once_in_their_order_and_all_that_say_something_alone_are(lines: list[str]) -> None:
    found = list(players.of_players(map(fold, lines)))
    assert found == sorted(set(found))
    assert set(found) <= set(range(len(lines)))
    assert {at for at, line in enumerate(lines) if line == "This is a modal window."} <= set(found)
    assert not {at for at, line in enumerate(lines) if line.startswith("The ferry")} & set(found)


def test_the_file_has_names_of_a_player_in_each_language_that_it_lists() -> None:
    names = read_toml(DATA / "players.toml")
    assert all(len(set(map(fold, of))) > 5 for of in names.values())
