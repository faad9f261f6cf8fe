"""Every cleaning rule, by example: what it takes, and what it leaves alone."""

from __future__ import annotations

import re

import pytest

from crawler import engine
from crawler.engine.rules import ALL_RULES, LABELLER, TEXT_RULES, run_rules
from crawler.items import KINDS, Article, Page

FIRST = "أعلنت بلدية الواحة، اليوم الجمعة، افتتاح أكبر حديقة عامة في المدينة على مساحة كبيرة."
SECOND = "وقال رئيس البلدية إن الزوار سيدخلون مجانا طوال أيام الأسبوع من الصباح حتى منتصف الليل."
THIRD = "وأضاف أن العمال غرسوا آلاف الأشجار التي تتحمل الجفاف وتروى بمياه معالجة."
FOURTH = "وختم بأن الحديقة ستضم مكتبة صغيرة ومسرحا مكشوفا للأطفال قبل نهاية العام المقبل."
OTHER = "نادي الميناء يقلب تأخره ويتأهل إلى نهائي الكأس"


def process(*blocks: str, head: str = "") -> Article:
    return process_html(f"<article><h1>عنوان الخبر الأول</h1><div class='body'>{''.join(blocks)}</div></article>", head)


def process_html(body: str, head: str = "") -> Article:
    html = f"<html lang='ar'><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"
    record = engine.process(Page(url="https://x.example/1", body=html.encode()))
    assert isinstance(record, Article), record
    return record


def p(text: str) -> str:
    return f"<p>{text}</p>"


#: rule, the markup between SECOND and THIRD or after them, and the kind that it gets
REMOVED = [
    ("named_box", f"<div class='related-posts'><p>{SECOND} مرة أخرى</p></div>", "inline_related"),
    ("named_box", "<figure><img src='/a.jpg'><figcaption>الحديقة قبل الافتتاح</figcaption></figure>", "caption"),
    ("named_box", "<div class='newsletter-signup'>رسالة كل صباح</div>", "cta"),
    ("named_box", "<div class='post-boilerplate'><h3>فعاليات النبض</h3></div>", "cta"),
    ("named_box", "<ul class='social-share'><li>عبر الهاتف</li><li>عبر الحاسوب</li></ul>", "share"),
    ("named_box", "<div class='byline'>سامي الحداد</div>", "byline"),
    ("named_box", f"<div class='post-date'><div class='photo-caption'>{OTHER * 4}</div></div>", "caption"),
    ("named_box", "<aside><p>صندوق جانبي لا يخص الخبر في شيء.</p></aside>", "inline_related"),
    ("tag_links", "<div><a rel='tag' href='/t/1'>الواحة</a> <a rel='tag' href='/t/2'>بيئة</a></div>", "tags"),
    ("tag_links", "<p><a href='/tags/oasis'>الواحة</a>، <a href='/tags/green'>بيئة</a></p>", "tags"),
    ("tag_links", p("#الواحة #حديقة_عامة"), "tags"),
    ("section", f"<h3>اقرأ أيضا</h3><ul><li><a href='/2'>{OTHER}</a></li></ul>", "inline_related"),
    ("label", f"<p>اقرأ أيضاً: <a href='/2'>{OTHER}</a></p>", "inline_related"),
    ("label", f"<p>اقرأ المزيد <a href='/2'>{OTHER}</a></p>", "inline_related"),
    ("label", f"<div>شاهد أيضا <a href='/2'>{OTHER}</a></div>", "inline_related"),
    ("label", f"<p>On harbour.com: <a href='/2'>{OTHER}</a></p>", "inline_related"),
    ("label", f"<p>اقرأ أيضا.. <a href='/2'>{OTHER}؟</a></p>", "inline_related"),
    ("label", p(f"اقرأ أيضاً: عاجل! فوز في الدقيقة الأخيرة. {OTHER}"), "inline_related"),
    ("label", p(f"مواضيع ذات صلة: {OTHER}"), "inline_related"),
    ("section", p("اقرأ أيضا") + p(f"هل {OTHER} في مباراة الأسبوع المقبل؟"), "inline_related"),
    ("label", p("المصدر: وكالات"), "source"),
    ("label", p("تاريخ النشر: 20.11.2026"), "date"),
    ("byline", p("كتبت أسماء نصار"), "byline"),
    ("line", p("تابعوا نبض المدينة على"), "cta"),
    ("line", p("انسخ الرابط"), "share"),
    ("line", p("إعلان"), "ad"),
    ("credit", p("عمال يغرسون الأشجار في الحديقة - تصوير: أسماء نصار"), "caption"),
    ("credit", p("The garden on Friday. (Photo: Jane Harbour)"), "caption"),
    ("credit", p("The garden on Friday (file photo)"), "caption"),
    ("form_box", "<div><h4>نشرة الصباح</h4><p>ابدأ يومك بما يهمك.</p><form><input></form></div>", "cta"),
    ("under_picture", "<div><img src='/a.jpg'><p>الحديقة قبل الافتتاح</p></div>", "caption"),
    (
        "under_picture",
        "<table><tr><td><img src='/a.jpg'></td></tr><tr><td>الحديقة قبل الافتتاح</td></tr></table>",
        "caption",
    ),
    ("credit", "<p><img src='/a.jpg'></p><p>الحديقة قبل الافتتاح (أ ف ب)</p>", "caption"),
    ("credit", p("The garden on Friday © Jane Harbour"), "caption"),
    ("credit", p("The garden on Friday. (AP Photo/Jane Harbour)"), "caption"),
    ("line", p("Advertisement"), "ad"),
    (
        "link_list",
        f"<p><a href='/2'>{OTHER}</a></p><p><a href='/3'>مدينة الينابيع تستبدل إنارة شوارعها بمصابيح ذكية</a></p>",
        "inline_related",
    ),
    ("link_line", f"<p><a href='/2'>{OTHER}</a></p>", "inline_related"),
    ("linked_headline", f"<h4><a href='/2'>{OTHER}</a></h4>", "inline_related"),
    ("link_line", f"<p><a href='/2'>هل {OTHER}؟</a></p>", "inline_related"),
    ("inline_headline", p(OTHER), "inline_related"),
    ("inline_headline", p(f"👈 {OTHER}"), "inline_related"),
    ("interface", p("أرسل الخبر إلى أصدقائك"), "chrome"),
    ("separator", p("00:00 / 04:12"), "chrome"),
    ("pull_quote", f"<blockquote><p>{FIRST[34:]}</p></blockquote>", "chrome"),
    ("pull_quote", f"<div class='pull-quote'>«{FIRST[34:]}»</div>", "chrome"),
    ("left_over", p("👍 35"), "chrome"),
    ("left_over", p("1 2 3 … 10 التالي"), "chrome"),
    ("date", f"{p(THIRD)}{p('الجمعة 20 تشرين الثاني 2026')}", "date"),
    ("date", f"{p(THIRD)}{p('الساعة 10:30 صباحا')}", "date"),
    ("edge", f"</div><div>{p(THIRD)}</div><div class='x'><span>0</span><div>21</div></div><div>", "chrome"),
]


@pytest.mark.parametrize(
    ("rule", "markup", "kind"), REMOVED, ids=[f"{r}-{k}-{n}" for n, (r, _, k) in enumerate(REMOVED)]
)
def test_a_rule_takes_its_block_and_no_sentence_of_the_article(rule: str, markup: str, kind: str) -> None:
    if rule == "byline":
        record = process(markup, p(FIRST), p(SECOND), p(THIRD))
        assert record.authors == ("أسماء نصار",)
    else:
        record = process(p(FIRST), p(SECOND), markup, "" if rule in ("edge", "date") else p(THIRD))
    assert record.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert (rule, kind) in {(piece.rule, piece.kind) for piece in record.removed}


@pytest.mark.parametrize(
    "markup",
    [
        f"<p><a href='#part-2'>هل {OTHER}؟</a></p>",  # to a part of the same page
        f"<p><a href='https://y.example/report'>{SECOND}</a></p>",  # a sentence that links to what it says
        p("👈 أولا الأشجار المعمرة في شرق الحديقة") + p("👈 ثانيا المقاعد الجديدة في غرب الحديقة"),
        p("12 من السكان"),
    ],
)
def test_a_link_a_pointer_or_a_number_of_the_article_stays(markup: str) -> None:
    record = process(p(FIRST), p(FIRST.replace("اليوم", "أمس")), markup, p(THIRD))
    assert all(text in record.body for text in re.findall(r">([^<]+)<", markup))


@pytest.mark.parametrize("heading", ["<h3>اقرأ أيضا</h3>", "<div><h3>اقرأ أيضا</h3>"])
def test_a_part_of_the_article_that_begins_with_a_related_list_goes_on_below_it(heading: str) -> None:
    related = f"{heading}<ul><li><a href='/2'>{OTHER}</a></li></ul>{'</div>' if '<div>' in heading else ''}"
    record = process(
        f"<div class='part'>{p(FIRST)}{p(SECOND)}</div><div class='part'>{related}{p(THIRD)}{p(FOURTH)}</div>"
    )
    assert record.body.split("\n\n") == [FIRST, SECOND, THIRD, FOURTH]


@pytest.mark.parametrize(
    "about",
    [
        "Sarah Kemp is a senior reporter at Harbour News covering transport.",
        "Sarah Kemp covers transport for Harbour News.",
        "Sabine Kempf ist Redakteurin im Ressort Politik beim Hafenblatt.",
        "Sarah Lemaire est journaliste au Port, spécialiste des transports.",
        "سلمى ناصر صحفية في نبض المدينة تغطي شؤون النقل.",
    ],
)
def test_what_says_who_somebody_is_that_writes_goes_from_the_end_unless_the_story_names_them(about: str) -> None:
    name = " ".join(about.split()[:2])
    assert process(p(FIRST), p(SECOND), p(THIRD), p(about)).body.split("\n\n") == [FIRST, SECOND, THIRD]
    told = f"{SECOND[:-1]}، كما قال {name} للصحفيين."
    assert process(p(FIRST), p(told), p(THIRD), p(about)).body.split("\n\n") == [FIRST, told, THIRD, about]


@pytest.mark.parametrize("text", ["القاهرة (رويترز) –", "New York CNN —", "الواحة - وكالات -"])
def test_a_dateline_above_the_first_paragraph_is_taken(text: str) -> None:
    record = process(p(text), p(FIRST), p(SECOND), p(THIRD))
    assert record.body.split("\n\n") == [FIRST, SECOND, THIRD]
    assert [(piece.rule, piece.kind) for piece in record.removed] == [("dateline", "byline")]


def test_an_agency_in_brackets_away_from_a_picture_is_no_credit() -> None:
    text = "وقال شهود إن العمال عثروا على البئر القديمة بالمصادفة وهم يحفرون أساس البوابة (رويترز)"
    assert text in process(p(FIRST), p(SECOND), p(text), p(THIRD)).body


def test_a_line_that_ends_with_a_dash_between_paragraphs_stays() -> None:
    assert "ثم قال —" in process(p(FIRST), p(SECOND), p("ثم قال —"), p(THIRD)).body


AUTHOR = "<meta name='author' content='أسماء نصار'>"


@pytest.mark.parametrize(
    "about",
    [
        "أسماء نصار",
        "أسماء نصار – الواحة",
        "أسماء نصار كاتبة من الواحة، تكتب في شؤون البيئة.",
        "الكاتبة أسماء نصّار باحثة في شؤون المدن. صدر لها كتاب عن الحدائق.",
    ],
)
def test_what_says_who_the_author_is_goes_from_the_end(about: str) -> None:
    record = process(p(FIRST), p(SECOND), p(THIRD), p(about), head=AUTHOR)
    assert record.body.split("\n\n") == [FIRST, SECOND, THIRD]
    assert {piece.rule for piece in record.removed} == {"author"}


def test_an_author_whom_the_story_names_is_a_person_in_it() -> None:
    named = "وقالت أسماء نصار إن الحديقة ستبقى مفتوحة طوال العام، بعد أن طلب السكان ذلك مرارا."
    last = "أسماء نصار هي أول من غرس شجرة في الحديقة، كما قال رئيس البلدية أمس."
    record = process(p(FIRST), p(named), p(THIRD), p(last), head=AUTHOR)
    assert record.body.split("\n\n") == [FIRST, named, THIRD, last]


def test_a_name_between_paragraphs_stays_whoever_it_is() -> None:
    quoted = "أسماء نصار: حديقة لكل السكان"
    record = process(p(FIRST), p(SECOND), f"<h3>{quoted}</h3>", p(THIRD), head=AUTHOR)
    assert quoted in record.body


@pytest.mark.parametrize(
    "heading",
    [
        "\ufee3\ufed8\ufe8e\ufefb\ufe95 \ufee3\ufeb8\ufe8e\ufe91\ufeec\ufe94",  # in presentation forms
        "مقـــالات مشابهة",
        "A\u0300 lire aussi",  # the accent apart
        "Auch \uff49nteressant",  # a wide letter
        "💬 Ver comentarios",
    ],
)
def test_a_heading_is_known_however_its_letters_are_written(heading: str) -> None:
    record = process(p(FIRST), p(SECOND), p(THIRD), f"<h3>{heading}</h3><ul><li>{OTHER}</li></ul>")
    assert record.body.split("\n\n") == [FIRST, SECOND, THIRD]
    assert {piece.rule for piece in record.removed} == {"section"}


@pytest.mark.parametrize(
    "markup",
    [
        p("وأوضح المصدر أن الحديقة ستبقى مفتوحة في الأعياد أيضا."),
        "<h3>مسارات للمشي والدراجات</h3><p>تضم الحديقة مسارات للمشي والدراجات وملاعب للأطفال.</p>",
        "<ul><li>مكتبة صغيرة للأطفال</li><li>بحيرة صناعية واسعة</li></ul>",
        "<blockquote><p>لعب الجميع كما لو كان اليوم الأخير</p></blockquote>",
        f"<p>وذكر <a href='/x'>تقرير سابق للبلدية نشر في مطلع العام</a> أن {SECOND}</p>",
        p("- هل تبقى الحديقة مجانية للزوار طوال العام؟"),
        "<table><tr><td>الأشجار</td><td>9000</td></tr></table>",
        "<h1>حديقة لكل حي</h1>",
        f"<blockquote class='twitter-tweet'><p>{FIRST[34:]}</p></blockquote>",
        "<h3 id='kayf-tusharik-fi-related-news'>كيف تشارك في الأخبار المحلية</h3>",
        p("<b>الخطوة التالية</b>"),
    ],
)
def test_what_belongs_to_the_article_stays(markup: str) -> None:
    record = process(p(FIRST), p(SECOND), markup, p(THIRD), p(THIRD.replace("العمال", "الفنيين")))
    for text in re.findall(r">([^<>]{3,})<", markup):
        assert text.strip() in record.body


def below(head: str) -> Article:
    """The article of three paragraphs in a box of their own below a header."""
    body = f"<div class='entry-content'>{p(FIRST)}{p(SECOND)}{p(THIRD)}</div>"
    return process_html(f"<div class='page'>{head}{body}</div>")


HEADLINE = "<h1>عنوان الخبر الأول</h1>"
LEAD = "الحديقة تفتح أبوابها مجانا كل يوم وتضم ملاعب ومقاعد ومكتبة"


@pytest.mark.parametrize(
    "head",
    [
        f"<header>{HEADLINE}<h2 class='post-subtitle'>{LEAD}</h2></header>",
        f"{HEADLINE}<div class='byline-social'><p class='strapline'>{LEAD}</p></div>",
        f"{HEADLINE}<div class='field-name-field-summary'><div><div>{LEAD}</div></div></div>",
    ],
)
def test_what_is_called_a_lead_begins_the_article(head: str) -> None:
    assert below(head).body == f"{LEAD}\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "head",
    [
        f"<header class='article-intro'><h1>{LEAD} وأشجارا كثيرة</h1></header>",
        f"<header class='article-intro'>{HEADLINE}<div class='author-box'><p>{LEAD}</p></div></header>",
        f"<meta name='author' content='سالم محمود'>{HEADLINE}<div class='author-dropdown'><div class='description'>"
        "<p>سالم محمود كاتب من مدينة الواحة يكتب في الصحف منذ عشرين عاما عن الحدائق.</p></div></div>",
    ],
)
def test_a_headline_and_an_author_in_a_box_that_is_called_a_lead_are_none(head: str) -> None:
    assert below(head).body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_caption_that_is_called_a_description_is_no_lead() -> None:
    figure = f"<figure><img src='/a.jpg'><figcaption class='description'>{LEAD}</figcaption></figure>"
    assert LEAD not in process(figure, p(FIRST), p(SECOND), p(THIRD)).body


def test_hashtags_are_keywords() -> None:
    assert process(p(FIRST), p(SECOND), p(THIRD), p("#الواحة، #حديقة_عامة")).keywords == ("الواحة", "حديقة عامة")


def test_a_line_of_many_hashtags_that_ends_in_words_is_read_in_a_moment_and_stays() -> None:
    """A pattern that tries every way to split every tag would never come back."""
    line = "#كأس_العالم_في_المغرب " * 60 + "يتصدر المنصات في كل مدينة من مدن البلاد منذ مساء أمس."
    assert line in process(p(FIRST), p(SECOND), p(line), p(THIRD)).body


def test_dates_that_head_the_parts_of_a_story_stay() -> None:
    record = process(
        p(FIRST), p(SECOND), p("12 مارس 2024"), p(THIRD), p("15 مارس 2024"), p(FIRST.replace("أكبر", "أصغر"))
    )
    assert "12 مارس 2024" in record.body
    assert "15 مارس 2024" in record.body


def test_a_programme_after_the_story_stays() -> None:
    days = [p(f"{day} تشرين الثاني 2026") for day in (3, 4, 5)]
    assert process(p(FIRST), p(SECOND), p(THIRD), *days).body.endswith("5 تشرين الثاني 2026")


def test_paragraphs_named_by_the_paywall_are_still_the_article() -> None:
    record = process(*(f"<p class='paywall'>{text}</p>" for text in (FIRST, SECOND, THIRD)))
    assert record.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def test_a_source_after_the_last_sentence_goes_and_the_sentence_stays() -> None:
    record = process(p(FIRST), p(f"{SECOND} المصدر: رويترز"))
    assert record.body == f"{FIRST}\n\n{SECOND}"
    assert record.source == "رويترز"


def test_a_call_that_closes_a_paragraph_goes_and_the_paragraph_stays() -> None:
    record = process(p(FIRST), p(f"{SECOND} إنضم لقناة النبض على واتساب"))
    assert record.body == f"{FIRST}\n\n{SECOND}"
    assert [(piece.rule, piece.kind) for piece in record.removed] == [("ending", "cta")]


def test_after_source_and_tags_a_read_also_heading_ends_the_article() -> None:
    record = process(p(FIRST), p(SECOND), p("المصدر: RT"), p("كلمات دلالية: أ، ب"), p("إقرأ أيضاً:"), p(OTHER), p(THIRD))
    assert record.body == f"{FIRST}\n\n{SECOND}"
    assert record.keywords == ("أ", "ب")
    assert ("article_over", THIRD) in {(piece.rule, piece.text) for piece in record.removed}


def test_the_tag_of_a_card_does_not_end_the_article() -> None:
    card = f"<div><h3>إقرأ أيضاً</h3><div><a rel='tag' href='/tag/1'>رياضة</a></div><a href='/2'>{OTHER}</a></div>"
    assert process(p(FIRST), p(SECOND), card, p(THIRD), p(FIRST[::-1] + ".")).body.endswith(FIRST[::-1] + ".")


def test_an_email_address_after_the_last_paragraph_goes_and_one_before_it_stays() -> None:
    record = process(p(FIRST), p("first@oasis.example"), p(SECOND), p(THIRD), p("reporter@oasis.example"))
    assert record.body == f"{FIRST}\n\nfirst@oasis.example\n\n{SECOND}\n\n{THIRD}"
    assert [(piece.rule, piece.kind) for piece in record.removed] == [("byline", "byline")]
    assert engine.clean_text(f"{FIRST}\n\n{SECOND}\n\nreporter@oasis.example").text == f"{FIRST}\n\n{SECOND}"


def test_a_read_also_heading_in_the_middle_takes_its_headlines_and_no_paragraph() -> None:
    record = process(p(FIRST), p("إقرأ أيضاً:"), p(OTHER), p(SECOND), p(THIRD))
    assert record.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


@pytest.mark.parametrize(
    "box",
    [
        "<div><h3>اشترك في نشرتنا</h3><p>أهم ما جرى في المدينة كل صباح.</p><p>تابعوا نبض المدينة على تلغرام</p></div>",
        "<div><p>إعلان</p><p>اشتر اثنتين واحصل على ثالثة مجانا في سوق الواحة.</p></div>",
        f"<div><div><h4>اقرأ أيضا</h4><a href='/2'>{OTHER}</a></div><p>فاز الفريق في الدقيقة الأخيرة.</p></div>",
    ],
)
def test_the_few_words_that_stand_with_calls_in_a_box_of_their_own_go(box: str) -> None:
    whole = "\n\n".join([FIRST, SECOND, THIRD, FOURTH])
    assert process(p(FIRST), p(SECOND), box, p(THIRD), p(FOURTH)).body == whole
    assert process(p(FIRST), p(SECOND), p(THIRD), p(FOURTH), box).body == whole


def test_a_box_that_looks_like_the_parts_of_the_article_keeps_its_paragraph() -> None:
    parts = [f"<div class='part'>{p('إعلان')}{p(text)}</div>" for text in (SECOND, "وهذا كله مجاني.", THIRD)]
    record = process(p(FIRST), p(SECOND[::-1] + "."), p(FOURTH), *parts, p(FIRST[::-1] + "."))
    assert "وهذا كله مجاني." in record.body


def test_a_paragraph_beside_a_named_box_of_related_headlines_stays() -> None:
    box = f"<div class='related-highlight'><h4>اقرأ أيضا</h4><h4>{OTHER}</h4></div>"
    record = process(
        p(FIRST), p(SECOND), f"<div>{box}{THIRD}</div>", p(FIRST.replace("أكبر", "أصغر")), p(SECOND[::-1] + ".")
    )
    assert record.body.split("\n\n")[:3] == [FIRST, SECOND, THIRD]


def test_the_next_story_on_the_page_is_not_part_of_the_first() -> None:
    stories = [
        f"<div class='post'><div class='top'><h1>{title}</h1></div>{p(FIRST)}{p(SECOND)}{p(THIRD)}{p(text)}</div>"
        for title, text in (("عنوان الخبر الأول", FIRST[::-1] + ". " + SECOND * 3), (OTHER, SECOND[::-1]))
    ]
    record = process_html(f"<div>{''.join(stories)}</div>")
    assert record.body.startswith(f"{FIRST}\n\n{SECOND}\n\n{THIRD}")
    assert SECOND[::-1] not in record.body
    assert {piece.rule for piece in record.removed} >= {"next_story"}


def test_the_stories_listed_after_the_first_are_not_part_of_it() -> None:
    others = "".join(
        f"<article class='post-{n}'><h2>{OTHER}</h2>{p(f'{SECOND[:-1]} للمرة رقم {n} هذا العام.')}</article>"
        for n in range(4)
    )
    record = process_html(f"<article><h1>عنوان الخبر الأول</h1>{p(FIRST)}{p(SECOND)}{p(THIRD)}</article>{others}")
    assert record.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    parts = "".join(
        f"<article class='content-{n}'>{p(text)}</article>"
        for n, text in enumerate((FIRST, SECOND, THIRD, FIRST[:-1] + " أيضا."))
    )
    assert process_html(f"<main><h1>عنوان الخبر الأول</h1>{parts}</main>").body.count("\n\n") == 3


def test_a_list_after_the_last_paragraph_in_a_part_of_the_body_like_those_before_it_stays() -> None:
    parts = "".join(f"<div class='body-part text'>{part}</div>" for part in (p(FIRST) + p(SECOND), p(THIRD)))
    winners = "<h3>حدائق المدينة</h3><ul><li>حديقة الميناء</li><li>حديقة النخيل</li></ul>"
    other = "<div class='counters'><span>0</span><div>21</div></div>"
    body = process(parts, f"<div class='body-part text'>{winners}</div>", other).body
    assert body == "\n\n".join([FIRST, SECOND, THIRD, "حدائق المدينة", "حديقة الميناء", "حديقة النخيل"])


def test_a_quotation_that_a_page_shows_twice_is_kept_once() -> None:
    page = f"<article><h1>عنوان الخبر الأول</h1><div class='body'>{p(FIRST)}{p(SECOND)}{p(THIRD)}</div></article>"
    draft = engine.extract(Page(url="https://x.example/1", body=page.replace(THIRD, FIRST).encode()))
    assert isinstance(draft, engine.Draft)
    run_rules(draft)
    assert [taken.piece for taken in draft.taken if taken.rule == "repeated_block"] == [3]


def test_the_headline_is_not_part_of_the_body_and_headings_with_nothing_under_them_go() -> None:
    record = process("<h2>عنوان الخبر الأول</h2>", p(FIRST), p(SECOND), "<h3>المزيد من التفاصيل هنا</h3>")
    assert record.body == f"{FIRST}\n\n{SECOND}"


def test_what_the_site_calls_the_story_above_its_headline_takes_neither_headline_nor_lead_along() -> None:
    header = f"<header><div>آخر الأخبار</div><h1>{OTHER}</h1><p>{FIRST}</p></header>"
    record = process_html(f"<article>{header}<div>{p(SECOND)}{p(THIRD)}{p(FOURTH)}</div></article>")
    assert record.headline == OTHER
    assert record.body == "\n\n".join([FIRST, SECOND, THIRD, FOURTH])


@pytest.mark.parametrize(
    ("note", "rest"),
    [
        (" (öffnet im neuen Fenster)", ""), ("، (يفتح في نافذة جديدة)", "،"), (", opens new tab", ""),
        ("（新しいウィンドウで開きます）", ""), (" [lien externe]", ""),
        (", external link", ", external link"), (" (opens a new tab for it)", " (opens a new tab for it)"),
        (" opens in a new tab", " opens in a new tab"),
    ],
)  # fmt: skip
def test_what_a_link_says_of_itself_goes_and_the_sentence_stays(note: str, rest: str) -> None:
    link = "<a href='/t'>التقرير{}</a>"
    record = process(p(FIRST), p(f"{SECOND[:-1]} في {link.format(note)} كما جاء، و{link.format(note)} كله."), p(THIRD))
    whole = f"{SECOND[:-1]} في التقرير{rest} كما جاء، والتقرير{rest} كله."
    assert record.body == "\n\n".join([FIRST, whole, THIRD])
    assert [piece.text for piece in record.removed if piece.rule == "link_note"] == [note.removeprefix("،").strip()] * (
        2 if rest != note else 0
    )


READ_ALSO = f"اقرأ أيضاً: {OTHER}"


@pytest.mark.parametrize(
    ("rule", "kind", "end"),
    [
        ("ending", "cta", " تابعوا نبض المدينة على تلغرام"),
        ("ending", "cta", " Follow us on Facebook. Subscribe to our newsletter."),
        ("ending", "cta", " شارك برأيك"),
        ("ending", "byline", " تدقيق: أسماء نصار"),
        ("ending", "tags", " كلمات دالة: نفط، زراعة"),
        ("ending", "inline_related", " اقرأ أيضا"),
        ("ending", "ad", " إعلان"),
        ("ending", "share", " <a href='#'>Tweet this</a>"),
        ("ending", "inline_related", "<a href='/2'>اقرأ المزيد</a>"),
        ("read_also", "inline_related", f" ({READ_ALSO})"),
        ("read_also", "inline_related", f" [<a href='/2'>{READ_ALSO}</a>]"),
        ("read_also", "inline_related", f" (اقرأ أيضاً: <a href='/2'>{OTHER}</a>)"),
        ("left_over", "chrome", " [ad_2]"),
    ],
)
def test_what_closes_a_paragraph_and_is_none_of_it_goes(rule: str, kind: str, end: str) -> None:
    record = process(p(FIRST), p(SECOND + end), p(THIRD))
    assert record.body == "\n\n".join([FIRST, SECOND, THIRD])
    assert {(piece.rule, piece.kind) for piece in record.removed if piece.rule == rule} == {(rule, kind)}


def test_a_read_also_line_in_brackets_goes_from_between_two_sentences() -> None:
    assert (
        process(p(FIRST), p(f"{SECOND} ({READ_ALSO}) {THIRD}"), p(FOURTH)).body.split("\n\n")[1] == f"{SECOND} {THIRD}"
    )


@pytest.mark.parametrize(
    "end",
    [
        " He told them to follow us on Facebook.", " Follow the money.", " (read: bad).", " (see also: chapter two of the plan).",
        " وقدم الشكوى في إعلان.", " The list is [sic] long.", " Read on.", " وقال له شارك برأيك", " Sagte er: veröffentlicht",
    ],
)  # fmt: skip
def test_what_closes_a_paragraph_and_is_a_part_of_it_stays(end: str) -> None:
    assert process(p(FIRST), p(SECOND[:-1] + end), p(THIRD)).body == "\n\n".join([FIRST, SECOND[:-1] + end, THIRD])


@pytest.mark.parametrize(
    "left",
    [
        "[ad_1]", "[gallery ids='1,2,3']", "[embed]https://www.youtube.com/watch?v=abc[/embed]", "[/vc_column]",
        "[caption id='a1' width='300'] الحديقة [/caption]", "{{ad_slot_1}}", "&lt;!-- /wp:paragraph --&gt;", "undefined",
        "https://twitter.com/nabd/status/123456", "pic.twitter.com/AbC123", "https://youtu.be/abc_123",
        "(adsbygoogle = window.adsbygoogle || []).push({});", ".elementor-widget { color: #fff; } .a > b {top: 0}", "•", "×",
    ],
)  # fmt: skip
def test_what_templates_and_scripts_leave_goes(left: str) -> None:
    assert process(p(FIRST), p(SECOND), p(left), p(THIRD)).body == "\n\n".join([FIRST, SECOND, THIRD])


@pytest.mark.parametrize(
    "said",
    [
        "https://www.oasis.example/plan وثيقة الخطة كاملة على موقع البلدية.", "[قال ضاحكا] هذا أجمل يوم في حياتي كلها.",
        "قال المهندس إن document.getElementById(x) تعيد العنصر كما هو.",
        "قال المهندس إن الرمز {a: b} يعني أن الحديقة مفتوحة للجميع.", "[applause]", "* * *",
    ],
)  # fmt: skip
def test_what_looks_like_them_and_says_something_stays(said: str) -> None:
    assert process(p(FIRST), p(SECOND), p(said), p(THIRD)).body == "\n\n".join([FIRST, SECOND, said, THIRD])


def test_a_listing_keeps_its_code() -> None:
    code = ".park { color: green; } .tree { color: brown; }"
    record = process(p(FIRST), p(f"{SECOND} وهذا ما كتبه المصمم:"), f"<pre>{code}</pre>", p(THIRD))
    assert "left_over" not in {piece.rule for piece in record.removed}


def test_a_few_words_after_the_last_sentence_go_and_a_list_of_them_stays() -> None:
    record = process(p(FIRST), p(SECOND), p(THIRD), p("قضايا"), p("نبض المدينة / الميناء"))
    assert record.body == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    lines = [f"عرض رقم {number} على المسرح الجديد" for number in range(4)]
    assert process(p(FIRST), p(SECOND), p(THIRD), *map(p, lines)).body.endswith(lines[-1])


def test_a_last_sentence_without_a_full_stop_stays() -> None:
    for last in (FOURTH.rstrip("."), "新公园将于明年春天向所有市民免费开放，园内还将建成一座小型图书馆和一个露天剧场"):
        assert process(p(FIRST), p(SECOND), p(THIRD), p(last)).body.endswith(last)


@pytest.mark.parametrize(
    ("rule", "dirty", "clean"),
    [
        ("controls", "قال الم\u200fدير: ن\u200bعم", "قال المدير: نعم"),
        ("tatweel", "أيضــاً وقد لـ«الصباح» وبـ20", "أيضاً وقد لـ«الصباح» وبـ20"),
        ("presentation_forms", "ﺍﻟﻌﺮﺑﻴﺔ ﷺ", "العربية ﷺ"),
        ("joiners", "می\u200cرود\u200c. و", "می\u200cرود. و"),
        ("entities", "&quot;نص&amp;quot; و&nbsp;آخر &#1575;", '"نص" و آخر ا'),
        ("spaces", "كلمة\u00a0\u2003 أخرى", "كلمة أخرى"),
        ("composition", "e\u0301te\u0301 ا\u0653", "été آ"),
    ],
)  # fmt: skip
def test_characters_are_put_right(rule: str, dirty: str, clean: str) -> None:
    result = engine.clean_text(dirty)
    assert result.text == clean
    assert rule in {edit.rule for edit in result.edits}
    assert engine.clean_text(clean).edits == ()


def test_diacritics_digits_and_quotes_stay_as_they_are() -> None:
    text = "«قُلْ» – ١٢٣ و۴۵ (ص)، مئة٪."
    assert engine.clean_text(text).text == text


def test_the_table_is_complete_and_every_rule_says_what_it_does() -> None:
    names = [rule.name for rule in (*ALL_RULES, *TEXT_RULES)]
    assert len(names) == len(set(names))
    for rule in ALL_RULES:
        assert rule.kind in KINDS
        assert len(rule.about) > 20, rule.name
    covered = {rule for rule, _, _ in REMOVED} | {
        "author",
        "dateline",
        "other_articles",
        "repeated_block",
        "earlier_page",
        "site_boilerplate",
        "site_drop",
        "site_drop_text",
        "headline_repeat",
        "source_tail",
        "left_over",
        "link_note",
        "read_also",
        "ending",
        "article_over",
        "next_story",
        "thread",
        "teasers",
        "dangling_heading",
        "separator",
        "company",
        "notice",
        "player",
        "sign_off",
        "outside_content",
    }
    assert {rule.name for rule in ALL_RULES} - {LABELLER.name} == covered


@pytest.mark.parametrize("word", ["Votes", "Comments", "Source", "Photos", "Share", "صور"])
def test_a_word_over_a_column_of_a_table_is_no_button(word: str) -> None:
    table = f"<table><tr><th>Party</th><th>{word}</th></tr><tr><td>Quay list</td><td>112</td></tr></table>"
    rest = [f"{at} of the streets by the river stay closed until the water falls, the office said." for at in "123"]
    record = process(f"<p>{rest[0]}</p>{table}<p>{rest[1]}</p><p>{word}</p><p>{rest[2]}</p>")
    assert record.body.split("\n\n") == [rest[0], "Party", word, "Quay list", "112", *rest[1:]]
