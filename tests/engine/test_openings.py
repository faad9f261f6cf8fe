"""A notice in front of what the article says, in one paragraph."""

from __future__ import annotations

import pytest

from crawler import engine
from tests.engine.test_around import AROUND, body

#: language, and notices that go on with anything
NOTICES = {
    "ar": ["المقالات المنشورة لا تعبر بالضرورة عن رأي الصحيفة.", "يمنع إعادة نشر هذا المقال دون إذن."],
    "de": ["© Hafenkurier 2026."],
    "en": [
        "© Harbour Post 2026.",
        "We may earn a commission from links on this page.",
        "Get the latest news delivered to your inbox every morning.",
        "Do you have a story for us? Contact newsdesk@harbour.com.",
    ],
    "nl": ["© Havenpost 2026."],
}
#: language, and notices that go on for some sentences
LONGER = {
    "de": [
        "© 2026 Hafenkurier GmbH. Alle Rechte vorbehalten. Eine Weiterverarbeitung oder dauerhafte Speicherung zu "
        "gewerblichen Zwecken ist ohne unsere Erlaubnis nicht gestattet.",
    ],
    "en": [
        "© 2026 Harbour Post. All rights reserved. Use of this site constitutes acceptance of our User Agreement and "
        "Privacy Policy. Harbour Post may earn a portion of sales from products that are purchased through our site.",
        "We use cookies to give you the best experience. By clicking “Accept”, you consent to the use of all the cookies. "
        "You may visit the cookie settings to provide a controlled consent.",
        "Enjoyed this article? Sign up for our newsletter. You'll get our reporters' best stories, and you can "
        "unsubscribe at any time.",
    ],
}


@pytest.mark.parametrize(("language", "notice"), [(of, one) for of, known in NOTICES.items() for one in known])
def test_only_the_notice_goes(language: str, notice: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    behind = f"{second} {third}"
    assert body(language, first, f"{notice} {behind}", third) == [first, behind, third]
    for told in (language, None):
        cleaned = engine.clean_text(f"{first}\n\n{notice} {behind}", language=told)
        assert cleaned.text == f"{first}\n\n{behind}"
        assert [(piece.rule, piece.text) for piece in cleaned.removed] == [("line", notice)]


@pytest.mark.parametrize(("language", "notice"), [(of, one) for of, known in LONGER.items() for one in known])
def test_a_notice_goes_to_its_end(language: str, notice: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    assert body(language, first, second, third, notice) == [first, second, third]
    assert engine.clean_text("\n\n".join([first, second, third, notice]), language=language).text == "\n\n".join(
        [first, second, third]
    )


@pytest.mark.parametrize("language", AROUND)
def test_an_article_whose_lines_were_joined_stays_whatever_line_it_begins_with(language: str) -> None:
    first, second, third = AROUND[language]["paragraphs"]
    rest = " ".join([second, third] * 12)
    for line in AROUND[language]["lines"]:
        whole = line.replace("{o}", AROUND[language]["other"])
        assert engine.clean_text(f"{whole} {first} {rest}", language=language).text.endswith(rest), line
