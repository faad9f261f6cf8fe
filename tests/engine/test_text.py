"""Documents without markup: every rule by example, the modes, and the laws."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler import engine
from crawler.engine import Options
from crawler.engine.edits import apply
from crawler.engine.line_rules import LINE_RULES
from crawler.engine.text import clean_texts
from crawler.errors import OptionError
from crawler.items import KINDS
from tests.newsroom.stories import all_stories

FIRST = "أعلنت بلدية الواحة، اليوم الجمعة، افتتاح أكبر حديقة عامة في المدينة على مساحة تزيد على عشرين هكتارا في الجانب الشرقي منها."
SECOND = "وقال رئيس البلدية إن الزوار سيدخلون مجانا طوال أيام الأسبوع من الصباح حتى منتصف الليل، وإن النقل إليها سيكون مجانيا."
THIRD = (
    "وأضاف أن العمال غرسوا آلاف الأشجار التي تتحمل الجفاف وتروى بمياه معالجة تأتي من المحطة الجديدة في شمال المدينة."
)
STORY = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
OTHER = "نادي الميناء يقلب تأخره ويتأهل إلى نهائي الكأس"
REPUBLISHED = (
    "كما تجدر الإشارة بأن الموضوع الأصلي قد تم نشره ومتواجد على نبض المدينة وقد قام فريق التحرير بالتأكد منه. "
    "وربما تم التعديل عليه أو نقله بالكامل أو الاقتباس منه، ويمكنك قراءة ومتابعة مستجدات هذا الموضوع من مصدره الأساسي."
)
NOTICE = "هذا المحتوى لا يظهر بسبب إعدادات الخصوصية لديك، ويمكنك تغييرها في أي وقت من صفحة الحساب."

#: rule, the dirty text, and the kinds of what goes
TAKEN = [
    ("section", f"{STORY}\n\nمقالات مشابهة\n\n• {OTHER}\n• مدينة الينابيع تستبدل إنارة شوارعها", {"related"}),
    ("section", f"{FIRST}\n\nاقرأ أيضاً:\n{OTHER}\n\n{SECOND}\n\n{THIRD}", {"inline_related"}),
    ("player", f"{FIRST}\n\nالوقت الحالي 0:00\nسرعة التشغيل 1x\nالفصول\n\n{SECOND}\n\n{THIRD}", {"chrome"}),
    ("notice", f"{STORY}\n\nترجمت هذه الصفحة تلقائيا، وقد تجد فيها أخطاء.", {"chrome"}),
    ("label", f"{STORY}\n\nالمصدر: وكالات", {"source"}),
    ("label", f"{STORY}\n\nالمصدر:\nوكالات", {"source"}),
    ("label", f"{STORY}\n\nكلمات دلالية: الواحة، بيئة", {"tags"}),
    ("label", f"{FIRST}\n\nإقرأ أيضا: {OTHER}\n\n{SECOND}\n\n{THIRD}", {"inline_related"}),
    ("byline", f"كتبت أسماء نصار\n\n{STORY}", {"byline"}),
    ("date", f"الجمعة 20 نوفمبر 2026 - 10:30\n\n{STORY}", {"date"}),
    ("date", f"10:30 م\n\n{STORY}", {"date"}),
    ("line", f"{STORY}\n\nتابعوا نبض المدينة على", {"cta"}),
    ("line", f"{FIRST}\n\nإعلان\n\n{SECOND}\n\n{THIRD}", {"ad"}),
    ("line", f"{STORY}\n\n{REPUBLISHED}", {"legal"}),
    ("line", f"{STORY}\n\n(رويترز، أ ف ب)", {"source"}),
    ("line", f"{STORY}\n\nع.ش/ح.ز (رويترز)", {"source"}),
    ("hashtags", f"{STORY}\n\n#الواحة #بيئة", {"tags"}),
    ("credit", f"{FIRST}\n\nNoor Saleh/Getty Images\n\n{SECOND}\n\n{THIRD}", {"caption"}),
    ("source_tail", f"{STORY} المصدر: وكالات", {"source"}),
    ("ending", f"{STORY} انضموا إلى قناة النبض على واتساب", {"cta"}),
    ("link_note", STORY.replace("\n\n", " (يفتح في نافذة جديدة)\n\n"), {"chrome"}),
    ("link_note", f"{FIRST[:-1]}, opens new tab{STORY[len(FIRST) - 1 :]} (external link)", {"chrome"}),
    ("read_also", f"{FIRST} (اقرأ أيضا: {OTHER})\n\n{SECOND}\n\n{THIRD}", {"inline_related"}),
    ("left_over", f"[ad_1] {FIRST}\n\n{SECOND}\n\nhttps://youtu.be/abc\n\n{THIRD}\n\n[ad_2]", {"chrome"}),
    ("ending", f"{FIRST}\n\n{SECOND} تابعوا نبض المدينة على تلغرام\n\n{THIRD}", {"cta"}),
    ("article_over", f"{STORY}\n\nالمصدر: وكالات\n\nإقرأ أيضاً:\n\n{OTHER}\n\nقال المدرب إن الفريق لعب بروح عالية أمام جمهوره الكبير في الملعب.", {"source", "related"}),
    ("interface", f"{FIRST}\n\nأرسل الخبر إلى أصدقائك\n\n{SECOND}\n\n{THIRD}", {"chrome"}),
    ("inline_headline", f"{FIRST}\n\n{OTHER}\n\n{SECOND}\n\n{THIRD}", {"inline_related"}),
    ("sign_off", f"{STORY}\n\nسالم المحمدي", {"chrome"}),
    ("repeated", f"{FIRST}\n\n{NOTICE}\n\n{SECOND}\n\n{NOTICE}\n\n{THIRD}\n\n{NOTICE}", {"chrome"}),
]  # fmt: skip


@pytest.mark.parametrize(
    "end",
    ["- حديقة النخيل", "الفائز: الميناء بثلاثة أهداف مقابل 1", "خمسون لاعبا من الواحة\n\nملعب كبير من العشب\n\nمكتبة للأطفال والكبار\n\nمسبح مفتوح طوال العام", f"ويرى السكان أن {OTHER} خبر جميل"],
    ids=["an item", "a number", "a list", "many words"],
)  # fmt: skip
def test_other_things_than_a_few_words_stay_after_the_last_sentence(end: str) -> None:
    assert engine.clean_text(f"{STORY}\n\n{end}").text == f"{STORY}\n\n{end}"


def test_a_question_that_an_interview_asks_again_stays() -> None:
    question = "ماذا تغير في المدينة منذ افتتاح الحديقة الكبيرة قبل عام، وما الذي تتمنون أن يتغير بعد؟"
    asked = "\n\n".join(f"{question}\n\n{answer}" for answer in (FIRST, SECOND, THIRD))
    assert engine.clean_text(asked).text == asked


@pytest.mark.parametrize(("rule", "dirty", "kinds"), TAKEN, ids=[f"{r}-{n}" for n, (r, _, _) in enumerate(TAKEN)])
@pytest.mark.parametrize("mode", ["precision", "balanced", "recall"])
def test_a_rule_takes_its_lines_and_no_sentence_of_the_article(
    rule: str, dirty: str, kinds: set[str], mode: str
) -> None:
    result = engine.clean_text(dirty, options=Options(mode=mode))
    first_stays = rule == "repeated" and mode == "precision"  # it may be the article's: no sentence is lost knowingly
    assert result.text == (STORY.replace(FIRST, f"{FIRST}\n\n{NOTICE}") if first_stays else STORY)
    assert rule in {piece.rule for piece in result.removed}
    assert {piece.kind for piece in result.removed} == kinds
    assert all(0 < edit.confidence <= 1 for edit in result.edits)


def test_every_rule_for_lines_has_an_example_and_says_what_it_does() -> None:
    names = [rule.name for rule in LINE_RULES]
    assert len(names) == len(set(names))
    assert set(names) == {rule for rule, _, _ in TAKEN} | {"headline_repeat", "second_article", "site_boilerplate"}
    for rule in LINE_RULES:
        assert rule.kind in KINDS
        assert 0 < rule.confidence <= 1
        assert len(rule.about) > 20


def test_a_line_loses_its_end_and_what_stands_before_it() -> None:
    third = f"{THIRD[:-1]} (يفتح في نافذة جديدة). المصدر: وكالات"
    result = engine.clean_text(f"{FIRST}\n\n{SECOND} (اقرأ أيضا: {OTHER}) تابعوا نبض المدينة على تلغرام\n\n{third}")
    assert result.text == STORY
    assert [piece.rule for piece in result.removed] == ["read_also", "ending", "link_note", "source_tail"]


@pytest.mark.parametrize(
    "sentence",
    [
        "وأوضح المصدر أن الحديقة ستبقى مفتوحة في الأعياد أيضا.",
        "اقرأ أيضا ما كتبه المهندس في لوحة صغيرة عند المدخل، فهو يروي حكاية المكان كله.",
        "- وقال أحد الزوار: «هذا أجمل مكان في المدينة».",
        "وفي 20 نوفمبر 2026 تعود اللجنة إلى الاجتماع.",
        "| الموسم | عدد الزوار |",
    ],
)
def test_a_sentence_that_looks_like_boilerplate_stays(sentence: str) -> None:
    text = f"{FIRST}\n\n{SECOND}\n\n{sentence}\n\n{THIRD}"
    assert engine.clean_text(text).text == text


def test_the_headline_is_taken_where_it_is_known() -> None:
    headline = "بلدية الواحة تفتتح أكبر حديقة"
    assert engine.clean_text(f"{headline}\n\n{STORY}", headline=headline).text == STORY


def test_a_second_article_without_a_heading_goes_where_recall_counts_more() -> None:
    other = (
        "قال المدرب إن الفريق لعب بروح عالية أمام جمهوره الكبير في الملعب الجديد، وإن الفوز كان للجميع، وشكر المشجعين الذين "
        "ساروا وراء الحافلة حتى مدخل المدينة، ووعدهم بأن يعود اللاعبون إلى التدريب غدا، وأن تكون المباراة المقبلة أجمل وأسرع."
    )
    text = f"{STORY}\n\nالمصدر: وكالات\n\n{OTHER}\n\n{other}"
    assert engine.clean_text(text).text == f"{STORY}\n\n{other}"
    for mode in ("balanced", "recall"):
        result = engine.clean_text(text, options=Options(mode=mode))
        assert result.text == STORY
        assert "second_article" in {piece.rule for piece in result.removed}


def test_a_paragraph_said_twice_goes_where_recall_counts_more() -> None:
    text = f"{STORY}\n\n{FIRST}"
    assert engine.clean_text(text).text == text
    assert engine.clean_text(text, options=Options(mode="balanced")).text == STORY


def test_a_document_is_never_taken_whole_on_a_guess() -> None:
    result = engine.clean_text("سجل الآن لتصلك الأخبار\nشروط الخدمة وسياسة الخصوصية", options=Options(mode="recall"))
    assert result.text


def test_an_unknown_mode_says_which_there_are() -> None:
    with pytest.raises(OptionError, match="mode='careful': one of precision, balanced, recall"):
        Options(mode="careful")


def test_what_goes_becomes_data() -> None:
    result = engine.clean_text(f"{STORY}\n\nالمصدر: وكالات\n\nكلمات دلالية: الواحة، بيئة\n\nمقالات مشابهة\n\n• {OTHER}")
    assert result.source == "وكالات"
    assert result.keywords == ("الواحة", "بيئة")
    assert [link.headline for link in result.related] == [OTHER]


LINES = st.lists(
    st.sampled_from(
        [FIRST, SECOND, THIRD, OTHER, NOTICE, "المصدر: RT", "مقالات مشابهة", f"• {OTHER}", "إقرأ أيضاً:", "Getty Images", "•", "| أ | ب |",
         "أيضــاً \u200fنص\u00a0آخر", "&amp;nbsp;", "ﺍﻟﻌﺮﺑﻴﺔ", "مُدَرِّسَةٌ", "می\u200cرود", "\u200c", "", "  ", "x", "٣", "\x1f", "İstanbul’da dün", "東京で地震があった。", "Ёлка 12:30"]
    ),
    max_size=14,
)  # fmt: skip
BREAKS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", " \n\t\n"])


@given(LINES, BREAKS, st.sampled_from(["precision", "balanced", "recall"]))
@settings(max_examples=300, deadline=None)
def test_a_clean_text_is_the_raw_text_with_its_edits(lines: list[str], between: str, mode: str) -> None:
    text = between.join(lines)
    result = engine.clean_text(text, options=Options(mode=mode))
    assert result.raw_text == text
    assert apply(text, result.edits) == result.text
    assert result.text == result.text.strip()
    assert "\n\n\n" not in result.text
    assert "\r" not in result.text
    assert all(edit.kind in KINDS for edit in result.edits)


@given(st.lists(st.tuples(LINES, BREAKS), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_document_comes_out_of_a_batch_as_it_does_alone(documents: list[tuple[list[str], str]]) -> None:
    texts = [between.join(lines) for lines, between in documents]
    assert clean_texts(texts) == [engine.clean_text(text) for text in texts]


@given(st.text(max_size=200))
@settings(max_examples=300, deadline=None)
def test_any_text_is_cleaned(text: str) -> None:
    result = engine.clean_text(text)
    assert apply(text, result.edits) == result.text


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text,
        lambda text: text.replace("\n\n", "\n"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: re.sub(r"(?<=ال)(?=[\u0628-\u064a])", "\u0640", text),
    ],
    ids=["as it is", "single breaks", "CRLF", "tatweel"],
)
def test_clean_stories_stay_whole(change: Callable[[str], str]) -> None:
    for story in all_stories():
        result = engine.clean_text(change(story.text))
        assert result.text.split() == story.text.split()
        assert result.removed == ()


@pytest.mark.parametrize("language", ["fr", "fr-CA", "fr_CH"])
def test_a_language_that_is_told_with_its_region_is_that_language(language: str) -> None:
    text = f"{FIRST}\n\nNewsletter abonnieren\n\n{SECOND}\n\n{THIRD}\n\nÀ lire aussi"
    assert engine.clean_text(text).text == STORY
    assert engine.clean_text(text, language=language).text == text.removesuffix("\n\nÀ lire aussi")
