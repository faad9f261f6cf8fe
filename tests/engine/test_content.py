"""Where the article is, without selectors."""

from __future__ import annotations

import pytest

from crawler import engine
from crawler.items import Article, Page, Reason, Rejection

P = [
    f"هذه هي الفقرة رقم {n} من خبر طويل عن افتتاح حديقة عامة في مدينة الواحة، وفيها ما يكفي من الكلمات."
    for n in range(8)
]
LEAD = "هذا هو المدخل الذي يلخص الخبر في جملة واحدة طويلة ويسبق النص كله."
TEASER = "<div class='card'><a href='/x'>عنوان خبر آخر لا علاقة له بهذه الصفحة</a></div>"


def body_of(markup: str) -> str:
    record = engine.process(Page(url="https://x.example/1", body=f"<html><body>{markup}</body></html>".encode()))
    assert isinstance(record, Article), record
    return record.body


def ps(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "markup",
    [
        f"<div>{TEASER * 6}</div><div id='story'>{ps(P)}</div><div>{TEASER * 6}</div>",
        f"<main><article><div>{ps(P[:3])}</div><div class='ad'>إعلان</div><div>{ps(P[3:])}</div></article></main>",
        f"<div><section class='part'><div>{ps(P[:7])}</div></section><section class='part'>{ps(P[7:])}</section></div>",
        "<div class='x'>" + "<br><br>".join(P) + "</div>",
        "<div class='x'>" + "".join(f"<div><span>{text}</span></div>" for text in P) + "</div>",
        "<table><tr><td>" + TEASER * 5 + "</td><td>" + ps(P) + "</td></tr></table>",
        f"<div class='article-with-related'>{ps(P)}<div class='related'>{TEASER * 3}</div></div>",
        f"<form id='aspnetForm'><div>{ps(P)}</div></form>",
        "<pre>" + "\n \n".join(text.replace(" من ", "\nمن ") for text in P) + "</pre>",
        "<div style='white-space: pre-line'>" + "\n".join(P) + "</div>",
        "<div class='text-lg whitespace-pre-wrap'>" + "\n".join(P) + "</div>",
        "<div class='text'>\n" + "\n\n".join(P) + "</div>",
        "<div>" + "".join(f"<span style='display: block'>{text}</span>" for text in P) + "</div>",
        "<div>" + "".join(f"<span class='mb-4 block'>{text}</span>" for text in P) + "</div>",
        f"<news-story><story-lead>{P[0]}</story-lead>{ps(P[1:])}<related-stories>{TEASER}</related-stories></news-story>",
        "<x-story>" + "".join(f"<x-text>{text}</x-text>" for text in P) + "</x-story>",
        "<div>" + ps([text.replace("حديقة", "<tool-tip>حديقة</tool-tip>") for text in P]) + "</div>",
        f"<div><a href='/album'><img src='/1.jpg'></div>{ps(P)}",
        f"<div><p><span style='display:block; float:right'>{P[0][0]}</span>{P[0][1:]}</p>{ps(P[1:])}</div>",
    ],
    ids=[
        "between lists",
        "in two containers",
        "in sections, most in the first",
        "line breaks",
        "div soup",
        "layout table",
        "a misleading name",
        "all in a form",
        "blank lines in <pre>",
        "lines that count by style",
        "lines that count by class",
        "blank lines in a text",
        "spans that are blocks by style",
        "spans that are blocks by class",
        "custom elements around paragraphs",
        "custom elements as paragraphs",
        "custom elements in paragraphs",
        "a link left open",
        "a drop cap that is a block",
    ],
)
def test_the_article_is_found_whole(markup: str) -> None:
    assert body_of(markup) == "\n\n".join(P)


def test_a_lead_outside_the_body_is_part_of_it() -> None:
    markup = f"<h1>عنوان الخبر</h1><div class='article-lead'>{LEAD}</div><div class='meta'>20.11.2026</div><div class='article-body'>{ps(P)}</div>"
    assert body_of(f"<div>{markup}</div>").startswith(LEAD)


@pytest.mark.parametrize(
    "header",
    [
        f"<div class='header single-author'><h1>عنوان الخبر</h1><p class='description'>{LEAD}</p></div>",
        f"<div class='masthead'><h1>عنوان الخبر</h1><div>{LEAD}</div></div>",
        f"<h1>عنوان الخبر</h1><div class='teaser-text'>{LEAD}</div>",
        f"<h1>عنوان الخبر</h1><div class='xAdDsWC'>{LEAD}</div>",
    ],
    ids=["beside the author", "in the masthead", "the text of a teaser", "a name that a tool made up"],
)
def test_a_lead_beside_the_headline_is_part_of_the_article_whatever_its_header_is_called(header: str) -> None:
    assert body_of(f"<article>{header}<div class='article-body'>{ps(P)}</div></article>") == "\n\n".join([LEAD, *P])


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("", Reason.NO_CONTENT),
        ("<p>قصير</p>", Reason.TOO_SHORT),
        ("<nav><a href='/'>الرئيسية</a></nav>", Reason.NO_CONTENT),
        ("<h2>قسم</h2><p>بلا جملة واحدة</p>" * 12, Reason.NOT_ARTICLE),
        (f"<div>{''.join(f'<p><a href=/{n}>{text}</a></p>' for n, text in enumerate(P))}</div>", Reason.NOT_ARTICLE),
    ],
)
def test_a_page_without_an_article_is_a_rejection_with_its_reason(markup: str, reason: Reason) -> None:
    record = engine.process(Page(url="https://x.example/1", body=f"<html><body>{markup}</body></html>".encode()))
    assert isinstance(record, Rejection)
    assert record.reason is reason


def test_an_article_with_many_links_is_one() -> None:
    item = "<li>اليوم <a href='/{n}'>كرسي للحديقة من خشب الزان رقم {n} يحتمل المطر والشمس معا</a> بنصف سعره.</li>"
    links = "".join(item.format(n=n) for n in range(160))
    more = [text.replace("رقم", "الثانية رقم") for text in P]
    assert body_of(f"<article>{ps(P)}<ul>{links}</ul>{ps(more)}</article>").count("كرسي للحديقة") == 160


def test_a_huge_page_is_refused_before_it_is_read() -> None:
    record = engine.process(
        Page(url="https://x.example/1", body=b"<html>" + b" " * 200), options=engine.Options(max_bytes=100)
    )
    assert isinstance(record, Rejection)
    assert (record.reason, record.detail) == (Reason.TOO_LARGE, "206 bytes, 100 are allowed")


OTHERS = [
    f"وفي الساعة {n} أعلنت الهيئة خبراً قصيراً آخر في شريطها المباشر، وهو خبر لا يتصل بافتتاح الحديقة من قريب ولا من بعيد."
    for n in range(12)
]
COMMENTS = [f"أنا القارئ رقم {n}، وأرى أن الحديقة جميلة لكن الطريق إليها طويل ومزدحم في المساء." for n in range(12)]


def test_a_live_ticker_beside_the_article_is_not_it_though_it_is_longer() -> None:
    ticker = "".join(f"<li><div class='live-item-content'><p>{text}</p></div></li>" for text in OTHERS)
    body = f"<div class='article-body'>{ps(P[:4])}</div><aside class='sidebar'><ul>{ticker}</ul></aside>"
    assert body_of(f"<div class='article-content'>{body}</div>") == "\n\n".join(P[:4])


@pytest.mark.parametrize("name", ["comment-content", "comentarios", "commentaires", "kommentare", "yorumlar"])
def test_readers_comments_inside_the_body_are_not_it_though_they_are_longer(name: str) -> None:
    comments = "".join(f"<div class='{name}'><p>{text}</p></div>" for text in COMMENTS)
    body = f"<div class='article_text'>{ps(P)}</div><div class='reactions'>{comments}</div>"
    assert body_of(f"<div class='article_content'>{body}</div>") == "\n\n".join(P)


def many_comments(name: str) -> str:
    texts = [f"في التعليق رقم {n}: {text}" for n in range(20) for text in COMMENTS]
    return "".join(f"<li class='{name}'><div class='{name}Body'>{text}</div></li>" for text in texts)


def test_a_thread_many_times_as_long_as_the_article_is_not_it() -> None:
    assert body_of(f"<div class='story'>{ps(P)}<ol>{many_comments('comment')}</ol></div>") == "\n\n".join(P)


def test_a_gallery_whose_captions_are_longer_than_the_article_is_not_it() -> None:
    captions = [f"الصورة رقم {n} من ألبوم الافتتاح: {text}" for n in range(3) for text in COMMENTS]
    slides = "".join(
        f"<div class='slide'><img src='/{n}.jpg'><div class='caption'>{text}</div></div>"
        for n, text in enumerate(captions)
    )
    assert body_of(f"<div class='story'>{ps(P[:4])}<div class='slides'>{slides}</div>{ps(P[4:])}</div>") == "\n\n".join(
        P
    )


def test_a_paragraph_that_the_publisher_wrapped_with_an_advertisement_stays() -> None:
    long = " ".join(P[1:4])
    wrapped = f"<div class='article-mpu-container'><div class='ad'>إعلان ممول</div><p>{long}</p></div>"
    body = f"<div class='story'><p>{P[0]}</p>{wrapped}{ps(P[4:])}</div>"
    assert body_of(body) == "\n\n".join([P[0], long, *P[4:]])


def test_a_story_for_readers_without_scripts_is_the_article() -> None:
    page = "<div class='app'><noscript><p>فعّل جافا سكريبت في متصفحك</p></noscript></div>"
    assert body_of(f"{page}<ul class='stream'><noscript><li>{ps(P)}</li></noscript></ul>") == "\n\n".join(P)


CONSENT = {
    "en": [
        "We and our 312 partners store and access information on your device, such as cookies, and process personal data.",
        "With your permission we and our partners may use precise geolocation data and identification through device scanning.",
        "Advertising and content can be personalised based on your profile and measured to understand audiences.",
        "Some processing of your personal data may not require your consent, but you have a right to object to such processing.",
        "Your preferences will apply to this website only, and you can withdraw your consent at any time by returning to it.",
    ],
    "ar": [
        "نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لحفظ معلومات على جهازك والوصول إليها ومعالجة البيانات الشخصية.",
        "يجوز لنا ولشركائنا استخدام بيانات الموقع الجغرافي الدقيق وفحص الجهاز لعرض إعلانات مخصصة وقياس أدائها.",
        "بعض عمليات معالجة بياناتك الشخصية قد لا تتطلب موافقتك، ولك الحق في الاعتراض عليها متى شئت.",
        "ستسري تفضيلاتك على هذا الموقع فقط، ويمكنك تغيير تفضيلاتك أو سحب موافقتك في أي وقت تريده.",
    ],
    "de": [
        "Wir und unsere 312 Partner speichern Cookies auf einem Endgerät und verarbeiten personenbezogene Daten von Ihnen.",
        "Einige Partner fragen nicht nach Ihrer Einwilligung, sondern nutzen Ihre Daten auf Basis ihres berechtigten Interesses.",
        "Wir können genaue Standortdaten verwenden, und Sie können Ihre Einwilligung jederzeit auf dieser Seite widerrufen.",
    ],
}


@pytest.mark.parametrize("language", CONSENT)
@pytest.mark.parametrize(
    "page", ["{dialog}<main><h1>{title}</h1><div>{story}</div></main>", "<div>{story}</div>{dialog}"]
)
def test_a_consent_dialog_is_not_the_article_whatever_it_is_called(language: str, page: str) -> None:
    dialog = f"<div id='x7'><section><h2>Cookies</h2>{ps(CONSENT[language])}</section><button>OK</button></div>"
    assert body_of(page.format(dialog=dialog, story=ps(P[:4]), title="افتتاح الحديقة")) == "\n\n".join(P[:4])


def test_an_article_about_cookies_is_one() -> None:
    about = ["يقول الخبراء إن ملفات تعريف الارتباط تحفظ معلومات عن زوار المواقع منذ أكثر من ثلاثين عاما.", *P]
    quoted = "وتكتب مواقع كثيرة لزوارها عبارة «يمكنك سحب موافقتك في أي وقت»، ثم لا تدلهم على الطريق إلى ذلك."
    assert body_of(f"<div>{ps([*about, quoted])}</div>") == "\n\n".join([*about, quoted])


@pytest.mark.parametrize(
    "page",
    [
        "<div id='wrapper' style='display:none'>{}</div><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في هذا الموقع.</p>",
        "<main hidden>{}</main>",
        "<div class='article-body' style='display: none'>{}</div><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك.</p>",
    ],
)
def test_a_story_that_is_hidden_until_a_script_shows_it_is_the_article(page: str) -> None:
    assert body_of(page.format(ps(P))) == "\n\n".join(P)


def test_what_is_hidden_beside_the_story_is_not_it() -> None:
    hidden = "".join(f"<p>{text}</p>" for text in OTHERS)
    assert body_of(f"<div>{ps(P)}</div><div style='display:none'>{hidden}</div>") == "\n\n".join(P)


@pytest.mark.parametrize("tag", ["h2", "h3", "h4", "li", "dd", "blockquote", "div", "section"])
def test_a_paragraph_is_one_in_whatever_element_it_stands(tag: str) -> None:
    assert body_of(f"<div>{''.join(f'<{tag}>{text}</{tag}>' for text in P)}</div>") == "\n\n".join(P)


def test_a_name_for_links_to_lead_to_that_is_left_open_is_no_link() -> None:
    assert body_of(f"<a name='top'><div>{ps(P)}</div>") == "\n\n".join(P)


def test_a_separator_stays_between_paragraphs_and_goes_after_the_last() -> None:
    texts = [*P[:4], "***", *P[4:]]
    assert body_of(f"<div>{ps(texts)}<p>***</p><p>___</p></div>") == "\n\n".join(texts)


@pytest.mark.parametrize("heading", ["h2", "p"])
def test_what_stands_under_a_heading_over_comments_with_times_is_comments(heading: str) -> None:
    posts = "".join(f"<div><div>القارئ {n} - 13:4{n}</div><p>{text}</p></div>" for n, text in enumerate(COMMENTS[:6]))
    body = body_of(f"<div>{ps(P)}<{heading}>التعليقات</{heading}>{posts}</div>")
    assert (body == "\n\n".join(P)) is (heading == "h2")  # a link to comments may stand in the middle of a story


def test_what_is_called_comments_and_has_no_story_before_it_is_the_article() -> None:
    body = body_of(f"<div class='story'><p>{P[0]}</p><ol>{many_comments('commentaires')}</ol></div>")
    assert "في التعليق رقم 7" in body


STORY = "".join(f"<p>{text}</p>" for text in P)


@pytest.mark.parametrize(
    "comment",
    [
        "<div>{name} says:</div><div>November {n}, 2026 at 6:34 am</div><p>{text}</p>",
        "<div>قارئ من الواحة يقول:</div><p>{text}</p><a href='#{n}'>رد</a>",
        "<div><b>{name}</b></div><div>منذ {n} ساعات</div><p>{text}</p><p><button>Reply</button></p>",
    ],
    ids=["says and when", "says and a button", "when and a button"],
)
def test_a_thread_of_comments_is_known_without_names_and_headings(comment: str) -> None:
    posts = "".join(comment.format(name=f"Reader{n}", n=n + 3, text=text) for n, text in enumerate(COMMENTS[:6]))
    assert body_of(f"<div>{STORY}{posts}</div>") == "\n\n".join(P)


@pytest.mark.parametrize("when", ["منذ {n} ساعات", "<b>قارئ</b> منذ {n} ساعات"], ids=["when", "who and when"])
@pytest.mark.parametrize("heading", ["3 تعليقات", "التعليقات (3)", "3 Comments"])
def test_a_heading_over_comments_may_count_them(heading: str, when: str) -> None:
    told = [(when.format(n=n + 3), text) for n, text in enumerate(COMMENTS[:3])]
    posts = "".join(f"<div><div>{said}</div><p>{text}</p></div>" for said, text in told)
    assert body_of(f"<div>{STORY}<h3>{heading}</h3>{posts}</div>") == "\n\n".join(P)


@pytest.mark.parametrize("mark", ["<p>وقال:</p>", "<p>10:4{n}</p>"], ids=["quotations", "a live blog"])
def test_lines_of_one_sort_between_paragraphs_are_no_thread(mark: str) -> None:
    told = "".join(f"{mark.format(n=n)}<p>{text}</p>" for n, text in enumerate(COMMENTS[:6]))
    assert all(text in body_of(f"<div>{STORY}{told}</div>") for text in COMMENTS[:6])


def test_the_parts_of_a_story_under_headlines_of_their_own_are_no_other_story() -> None:
    parts = "".join(f"<div><h1>جزء رقم {n}</h1><p>{text}</p></div>" for n, text in enumerate(P[5:]))
    body = body_of(f"<main><div><h1>عنوان الخبر</h1></div><div>{ps(P[:5])}</div>{parts}</main>")
    assert all(text in body for text in P)


def test_a_name_is_measured_by_the_story_and_not_by_its_comments() -> None:
    story = f"<div class='textsize'>{STORY}</div><div class='joke'><p>{LEAD}</p></div>"
    body = body_of(f"<div><h1>عنوان</h1>{story}<div class='c'>{many_comments('comment-text')}</div></div>")
    assert body.startswith("\n\n".join(P))


@pytest.mark.parametrize(("address", "canonical"), [("/", "/"), ("/", None), ("/1", "/")])
def test_a_page_that_calls_itself_the_front_page_is_no_article_where_it_was_fetched_as_that(
    address: str, canonical: str | None
) -> None:
    says = f"<link rel='canonical' href='https://x.example{canonical}'>" if canonical else ""
    page = f"<html><head>{says}</head><body><div><h1>نبض المدينة</h1>{STORY}</div></body></html>"
    record = engine.process(Page(url=f"https://x.example{address}", body=page.encode()))
    is_front = address == canonical == "/"  # many sites say it of all their pages
    assert (record.reason if isinstance(record, Rejection) else None) == (Reason.NOT_ARTICLE if is_front else None)


def cards(card: str, count: int, origin: str = "") -> str:
    telling = [
        f"هذا ما يحكيه الخبر رقم {n} في أوله، ولا صلة له بالحديقة الجديدة في المدينة ولا بمن افتتحها."
        for n in range(count)
    ]
    return "".join(card.format(url=f"{origin}/news/{n}", n=n, text=text) for n, text in enumerate(telling))


CARD = "<div><h3><a href='{url}'>عنوان خبر آخر رقم {n}</a></h3><p>{text}</p></div>"


@pytest.mark.parametrize(
    "card",
    [
        CARD,
        "<li><a href='{url}'><img src='/{n}.jpg'></a><h4><a href='{url}'>عنوان خبر آخر رقم {n}</a></h4><p>{text}</p></li>",
        "<div><a href='{url}'><img src='/{n}.jpg'></a><h3>عنوان خبر آخر رقم {n}</h3><p>{text}</p></div>",
        "<article><h3>عنوان خبر آخر رقم {n}</h3><p>{text}</p><a href='{url}'>اقرأ المزيد</a></article>",
    ],
)
@pytest.mark.parametrize(
    "page", ["{story}<div>{cards}</div>", "<div>{cards}</div><div>{story}</div>", "{story}{cards}"]
)
def test_cards_that_tell_how_other_stories_begin_are_not_the_article(card: str, page: str) -> None:
    body = body_of(f"<div>{page.format(story='<h1>عنوان الخبر</h1>' + STORY, cards=cards(card, 2))}</div>")
    assert body == "\n\n".join(P)


def test_a_card_between_two_paragraphs_is_not_the_article() -> None:
    page = f"<h1>عنوان الخبر</h1>{ps(P[:4])}{cards(CARD, 1)}{ps(P[4:])}"
    assert body_of(f"<div>{page}</div>") == "\n\n".join(P)


@pytest.mark.parametrize(
    "listed",
    [
        f"<h1>عنوان</h1><p>{P[0]}</p>" + cards(CARD, 6),
        "<h1>عنوان</h1>" + STORY + cards(CARD, 4, "https://shop.example"),
        "<h1>عنوان</h1>"
        + STORY
        + cards(CARD.replace("</p>", "</p><p>وهذه فقرة ثانية تفصل ما في الأولى من خبر.</p>"), 4),
    ],
    ids=["what the page is about", "other sites", "more than a beginning"],
)
def test_a_list_that_is_the_article_stays(listed: str) -> None:
    body = body_of(f"<div>{listed}</div>")
    assert all(f"الخبر رقم {n} في أوله" in body for n in range(4))
