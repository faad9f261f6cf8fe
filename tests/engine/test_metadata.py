"""What a page says about its article, and which source won."""

from __future__ import annotations

import pytest

from crawler import engine
from crawler.engine.people import people
from crawler.engine.structured import load_json
from crawler.items import Article, Page, Reason, Rejection
from crawler.sites.site import Site

BODY = "".join(
    f"<p>فقرة رقم {n} من الخبر تحكي ما جرى في المدينة يوم الجمعة الماضي وما قاله المسؤولون عنه.</p>" for n in range(4)
)


def process(head: str, before: str = "<h1>افتتاح حديقة عامة كبيرة في الواحة</h1>", **page: object) -> Article:
    html = f"<html lang='ar'><head>{head}</head><body><main>{before}<div class='body'>{BODY}</div></main></body></html>"
    record = engine.process(Page(url="https://news.example/world/1?utm_source=x", body=html.encode(), **page))  # type: ignore[arg-type]
    assert isinstance(record, Article)
    return record


def ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_json_ld_wins_and_the_winner_is_recorded() -> None:
    record = process(
        ld(
            '{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"], "headline": "افتتاح حديقة عامة كبيرة في الواحة", "datePublished": "2026-11-20T08:00:00+03:00", "dateModified": "2026-11-20T09:00:00+03:00", "author": [{"@type": "Person", "name": "منى العلي"}, {"@type": "Organization", "name": "وكالة"}], "articleSection": ["محليات"], "description": "وصف"}]}'
        )
        + '<meta property="article:published_time" content="2020-01-01">'
    )
    assert (record.date_published, record.date_modified) == ("2026-11-20T08:00:00+03:00", "2026-11-20T09:00:00+03:00")
    assert record.authors == ("منى العلي",)
    assert (record.section, record.description) == ("محليات", "وصف")
    assert record.field_sources["date_published"] == "json-ld"


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1,}',
        '<!-- {"a": 1} -->',
        '{"a": 1};',
        '//<![CDATA[\n{"a": 1}\n//]]>',
        '{"a": 1, "b": "line\nbreak"}',
    ],
)
def test_json_is_read_as_publishers_write_it(text: str) -> None:
    data = load_json(text)
    assert data["a"] == 1


def test_json_gives_text_that_every_feed_and_database_takes() -> None:
    data = load_json(r'{"a": "x\u0000 \ud83d\ude00 \ud83d \\u0000"}')
    assert data["a"] == "x \U0001f600 \ufffd \\u0000"


def test_broken_json_ld_still_gives_its_plain_strings() -> None:
    broken = '{"@type": "NewsArticle", "headline": "افتتاح حديقة \\"عامة\\" كبيرة", "datePublished": "2026-11-20", "articleBody": "قال "هذا" أمس"}'
    record = process(ld(broken), before="")
    assert (record.headline, record.date_published) == ('افتتاح حديقة "عامة" كبيرة', "2026-11-20")


def test_an_author_who_is_only_named_by_id_is_looked_up_in_the_graph() -> None:
    graph = '{"@graph": [{"@type": "Article", "headline": "x", "author": {"@id": "#p"}}, {"@type": "Person", "@id": "#p", "name": "منى العلي"}]}'
    assert process(ld(graph)).authors == ("منى العلي",)


def test_an_author_may_have_a_given_and_a_family_name() -> None:
    person = '{"@type": "Person", "givenName": "منى", "familyName": "العلي"}'
    assert process(ld(f'{{"@type": "Article", "headline": "x", "author": [{person}]}}')).authors == ("منى العلي",)


def test_the_stub_before_a_paywall_is_no_article() -> None:
    stub = ld('{"@type": "NewsArticle", "isAccessibleForFree": "False"}')
    html = f"<html><head>{stub}</head><body><p>Too few words to be all of it.</p></body></html>"
    record = engine.process(Page(url="https://x.example/1", body=html.encode()))
    assert isinstance(record, Rejection)
    assert record.reason is Reason.PAYWALL


@pytest.mark.parametrize(
    ("head", "before", "wanted", "source"),
    [
        ("<title>قصة أخرى عن حديقة الواحة</title>", "<h1>افتتاح حديقة كبيرة في المدينة</h1>", "افتتاح حديقة كبيرة في المدينة", "h1"),
        ("<meta property='og:title' content='كينيا: نيروبي من الأسفل'>", "<h1>نيروبي من الأسفل</h1>", "كينيا: نيروبي من الأسفل", "og"),
        ("<meta property='og:title' content='افتتاح حديقة عامة كبيرة'>", "<h1>محليات افتتاح حديقة عامة كبيرة</h1>", "افتتاح حديقة عامة كبيرة", "og"),
        ("<title>خبر جديد عن الواحة</title>", "<h1>نبض الواحة</h1><p>وصف</p><h1>خبر جديد عن الواحة</h1>", "خبر جديد عن الواحة", "h1"),
        ("<meta property='og:title' content='لا شيء مشترك هنا'>", "<h1>أخبار</h1>", "لا شيء مشترك هنا", "og"),
        ("<title>Pa\u00adläs\u00adti\u00adnenser legt Beschwerde ein</title>", "<h1>Pa\u00adläs\u00adti\u00adnenser legt Beschwerde ein</h1>", "Palästinenser legt Beschwerde ein", "h1"),
        ("<title>تقرير: افتتاح حديقة كبيرة في المدينة</title><meta property='og:title' content='افتتاح حديقة كبيرة في المدينة'>" + ld('{"@type": "Article", "headline": "افتتاح حديقة كبيرة في المدينة"}'), "<h1>افتتاح حديقة كبيرة في المدينة</h1>", "افتتاح حديقة كبيرة في المدينة", "h1"),
        ("<title>افتتاح حديقة كبيرة في المدينة</title><meta property='og:title' content='حديقة الواحة كما لم ترها'>", "<div>افتتاح حديقة كبيرة في المدينة</div>", "افتتاح حديقة كبيرة في المدينة", "page"),
        ("<title>الواحة>>افتتاح \"حديقة النخيل\" في المدينة</title><meta property='og:title' content=\"افتتاح \"حديقة النخيل\" في المدينة\">", "<div>افتتاح \"حديقة النخيل\" في المدينة</div>", "افتتاح \"حديقة النخيل\" في المدينة", "page"),
    ],
    ids=["the heading that readers see", "with its kicker", "without its section", "the one above the article", "no section's name", "soft hyphens", "two sources agree with it", "a div where there is no h1", "a title that its own quotation marks cut off"],
)  # fmt: skip
def test_the_headline_is_what_readers_see(head: str, before: str, wanted: str, source: str) -> None:
    record = process(head, before=before)
    assert (record.headline, record.field_sources["headline"]) == (wanted, source)


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("<h1>عنوان الخبر الطويل</h1><p><a href='/authors/17'>منى العلي</a></p>", ("منى العلي",)),
        ("<h1>عنوان الخبر الطويل</h1><div><a rel='author' href='/17'>Jane Doe</a></div>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><span itemprop='author'><span itemprop='name'>Jane Doe</span></span>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><div class='byline'>منى العلي</div>", ("منى العلي",)),
        ("<h1>عنوان الخبر الطويل</h1><p>By Jane Doe</p>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><p>25.04.24 | 14:07 Uhr | Von Jane Doe</p>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><p>كتبت أسماء نصار الثلاثاء، 24 نوفمبر 2026 09:00 م</p>", ("أسماء نصار",)),
        ("<h1>عنوان الخبر الطويل</h1><p>Written by Jane Doe in Business on 4 May 2026 at 08:34 PM. Add A Comment</p>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><p>By: Jane Doe October 2, 2026</p>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><p>By Oasis TimesOctober 2, 2026</p>", ()),
        ("<h1>عنوان الخبر الطويل</h1><p>Par Jane Doe le 2 octobre 2026</p>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><div class='byline'>Jane Doe | jane@x.example</div>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><div class='author'>By Jane Doe</div><div class='author'><a href='#'>Close</a> <a href='/author/7'>More from Jane</a></div>", ("Jane Doe",)),
        ("<h1>عنوان الخبر الطويل</h1><p>حضر <a href='/people/7'>عازف العود الكبير</a> حفل الافتتاح الذي أقيم مساء أمس في الحديقة العامة وسط المدينة، وشهده آلاف الزوار من كل مكان.</p>", ()),
        ("<h1>عنوان الخبر الطويل</h1><div class='author'>فريق التحرير</div>", ()),
        ("<h1>عنوان الخبر الطويل</h1><p>Text Size</p>", ()),
        ("<h1>Von Sprache und Musik</h1>", ()),
        ("<h1>عنوان الخبر الطويل</h1><ul class='comments'><li><div class='author'>Reader Seven</div></li></ul>", ()),
    ],
)  # fmt: skip
def test_bylines_stand_beside_the_headline(before: str, wanted: tuple[str, ...]) -> None:
    assert process("", before=before).authors == wanted


def test_the_mastheads_date_of_today_is_not_the_storys() -> None:
    above = "<p>الثلاثاء 24 نوفمبر 2026</p><h1>عنوان الخبر القديم</h1>"
    assert process("", before=above, fetched_at="2026-11-24T12:30:45+00:00").date_published is None
    assert process("", before=above).date_published is None
    assert process("", before=above.replace("2026<", "2026 | 14:07<")).date_published == "2026-11-24T14:07:00"


@pytest.mark.parametrize(
    ("before", "wanted", "source"),
    [
        ("<h1>عنوان الخبر</h1><p>منذ 3 ساعات</p>", "2026-11-24T09:30:00+00:00", "page"),
        ("<h1>عنوان الخبر</h1><p>Written by Jane van Doe in Business on 4 May 2026 at 08:34 PM EDT. Add A Comment</p>", "2026-05-04T20:34:00", "page"),
        ("<h1>عنوان الخبر</h1><p>الأربعاء 22 محرم 1437 هـ</p>", "2015-11-04", "page"),
        ("<time datetime='2020-01-01'></time><p>أ</p><p>ب</p><p>ج</p><p>د</p><h1>عنوان الخبر</h1><time>20.11.2026</time>", "2026-11-20", "time"),
    ],
)  # fmt: skip
def test_a_date_stands_beside_the_headline(before: str, wanted: str, source: str) -> None:
    record = process("", before=before, fetched_at="2026-11-24T12:30:45+00:00")
    assert (record.date_published, record.field_sources["date_published"]) == (wanted, source)


def test_a_day_of_history_beside_the_headline_is_not_the_storys() -> None:
    told = "<h1>عنوان الخبر</h1><ul><li>وقعت المعاهدة في 14 آب/أغسطس 1935</li></ul>"
    assert process("", before=told).date_published is None
    assert process("", before=told.replace("1935", "1998")).date_published == "1998-08-14"


@pytest.mark.parametrize("text", ["", "{", "[" * 100_000, "not json"])
def test_hopeless_json_is_none(text: str) -> None:
    assert load_json(text) is None


def test_without_json_ld_meta_tags_the_page_and_the_feed_are_asked() -> None:
    record = process(
        "<title>افتتاح حديقة عامة كبيرة في الواحة - نبض المدينة</title><meta property='og:site_name' content='نبض المدينة'><meta name='author' content='بقلم: خالد الأسمر'>",
        fetched_at=None,
        hints={"date_published": "Tue, 24 Mar 2026 23:31:31 +0000", "section": "العالم"},
    )
    assert record.headline == "افتتاح حديقة عامة كبيرة في الواحة"
    assert record.authors == ("خالد الأسمر",)
    assert (record.date_published, record.field_sources["date_published"]) == ("2026-03-24T23:31:31+00:00", "feed")
    assert record.section == "العالم"


def test_a_page_without_a_date_has_none() -> None:
    record = process("", fetched_at="2026-11-23T00:00:00+00:00")
    assert record.date_published is None
    assert "date_published" not in record.field_sources


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("https://news.example/world/1", "https://news.example/world/1"),
        ("/world/one", "https://news.example/world/one"),
        ("https://m.news.example/world/one", "https://m.news.example/world/one"),
        ("https://amp.news.example/world/one", "https://amp.news.example/world/one"),
        ("https://elsewhere.example/world/1", "https://news.example/world/1"),
        ("https://news.example/", "https://news.example/world/1"),  # as every page of some sites says
        ("http://[broken", "https://news.example/world/1"),
    ],
)
def test_a_canonical_address_is_believed_on_the_same_site_only_and_never_where_it_is_the_front_page(
    link: str, wanted: str
) -> None:
    assert process(f"<link rel='canonical' href='{link}'>").canonical_url == wanted


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (["By Jane Doe and John Roe"], ("Jane Doe", "John Roe")),
        (["كتبت: منى العلي"], ("منى العلي",)),
        (["RT Arabic", "منى العلي"], ("منى العلي",)),
        (["https://x.example/author/1", "me@x.example", "Staff 24"], ()),
        (["Jane Doe", "jane doe"], ("Jane Doe",)),
        (["Jane Doe, Staff Writer", "Andrew Roe, Head of Labs"], ("Jane Doe", "Andrew Roe")),
        (["The Oasis Times", "Reuters", "news.example", "وكالة أنباء الواحة"], ()),
        (["Nelson C.J.", "Max de la Cruz", "skrifar frá bænum"], ("Nelson C.J.", "Max de la Cruz")),
        (["牛镛、岳弘彬"], ("牛镛", "岳弘彬")),
        (["→ Learn More", "© Jane Doe", "L'AUTEUR", "Autor", "(الواحة - وام)", "责任编辑：张申"], ()),
        (["Text: Jane Doe"], ("Jane Doe",)),
        (
            ["Tekst: Jan Kowalski", "Oleh: Budi Santoso", "Oleh Kovalenko"],
            ("Jan Kowalski", "Budi Santoso", "Oleh Kovalenko"),
        ),
        (["By", "Von", "Nga", "Artikel von", "User Admin", "admin", "Escriben hoy:", "Ver másVer menos"], ()),
        (["Edit", "I’m on Chirper", "Ediciones El Oasis", "Jane Edit"], ("Jane Edit",)),
        (["Jane Doe, Fri.", "John Roe, Monday"], ("Jane Doe", "John Roe")),
        (["The bridge in the valley fell."], ()),
        (["김하늘 기자", "Jane Doe (enviada especial)", "Jan Roe Jan Roe"], ("김하늘", "Jane Doe", "Jan Roe")),
        (["牛镛、岳弘彬）", "Kurt Doe Jr."], ("牛镛", "岳弘彬", "Kurt Doe Jr.")),
    ],
)
def test_authors_are_people(names: list[str], wanted: tuple[str, ...]) -> None:
    assert people(names, {"RT Arabic"}) == wanted


_PROSE = "".join(
    f"<p>The new bridge over the river is {n} metres long and opened after years of work.</p>" for n in range(4)
)


def _record(html: str) -> Article:
    record = engine.process(Page(url="https://news.example/1", body=html.encode()))
    assert isinstance(record, Article)
    return record


def _titled(above: str) -> Article:
    head = (
        "<title>The bridge has opened at last - Oasis Post</title><meta property='og:site_name' content='Oasis Post'>"
    )
    return _record(f"{head}<body>{above}<div class='story'>{_PROSE}</div></body>")


def test_a_block_that_says_the_title_is_the_headline_of_a_page_without_h1() -> None:
    nav = "<div class='path'><ul><li>News</li><li>The bridge has opened at last</li></ul></div>"
    lead = "<div class='lead'>Ministers came by boat for the last time, and went home over the bridge</div>"
    filler = "<div>Listen</div>" * 6
    head = f"<h2>The bridge has opened at last</h2><div>4 May 2026</div>{lead}{filler}"
    record = _titled(nav + head)
    assert (record.headline, record.field_sources["headline"]) == ("The bridge has opened at last", "page")
    assert record.date_published == "2026-05-04"
    assert record.body.startswith("Ministers came by boat")


def test_an_h1_with_the_name_of_the_outlet_is_no_headline() -> None:
    head = "<h1>Oasis Post</h1>" + "<div>Weather</div>" * 20 + "<h2>The bridge has opened at last</h2><i>4 May 2026</i>"
    record = _titled(head)
    assert (record.headline, record.date_published) == ("The bridge has opened at last", "2026-05-04")


def test_an_h1_with_other_words_stays_the_headline() -> None:
    record = _titled("<h1>A bridge opens</h1><h2>The bridge has opened at last</h2>")
    assert record.headline == "A bridge opens"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        ("<div>Updated: 6 May 2026</div><div>4 May 2026</div>", "2026-05-04"),
        ("<div>آخر تحديث: 6 مايو 2026</div><div>4 مايو 2026</div>", "2026-05-04"),
        ("<div>Published 4 May 2026, updated 6 May 2026</div>", "2026-05-04"),
        ("<div>Last updated 6 May 2026</div>", "2026-05-06"),
    ],
)
def test_when_an_article_was_changed_is_no_date_of_publication_where_another_line_says_that(
    lines: str, wanted: str
) -> None:
    assert _titled(f"<h1>The bridge has opened at last</h1>{lines}").date_published == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Die neue Brücke über den Fluss ist nach Jahren der Arbeit eröffnet worden und steht allen offen.",
            "2026-04-03",
        ),
        ("The new bridge over the river opened after years of work and is free for everybody to cross.", None),
    ],
)
def test_the_language_says_whether_the_day_stands_first(text: str, wanted: str | None) -> None:
    html = f"<body><h1>Nord 21</h1><div>3/4/2026</div><div>{''.join(f'<p>{text}</p>' for _ in range(4))}</div></body>"
    assert _record(html).date_published == wanted


@pytest.mark.parametrize(("known", "wanted"), [("de", "de"), ("", "en"), ("fr", "en")])
def test_a_page_that_says_what_its_site_does_is_believed_about_its_language(known: str, wanted: str) -> None:
    site = Site(name="x", domains=("x.example",), language=known, seeds=(), article_url=".")
    text = "The new bridge over the river opened after years of work and is free for everybody to cross."
    html = f"<html lang='de'><body><h1>The bridge</h1>{f'<p>{text}</p>' * 4}</body></html>"
    record = engine.process(Page(url="https://x.example/1", body=html.encode()), site)
    assert isinstance(record, Article)
    assert record.language == wanted


@pytest.mark.parametrize(
    ("base", "wanted"),
    [
        ("", "https://x.example/world/"),
        ("<base target='_blank'><base href='/'>", "https://x.example/"),
        ("<base href='https://cdn.example/s/'><base href='/'>", "https://cdn.example/s/"),
        ("<base href='http://['>", "https://x.example/world/"),
    ],
)
def test_pictures_and_related_stories_are_relative_to_the_base_element(base: str, wanted: str) -> None:
    picture = "<figure><img src='i/1.jpg'><figcaption>The harbour</figcaption></figure>"
    related = "<p>Read also:</p><ul><li><a href='2-story'>The market opens in spring</a></li></ul>"
    html = f"<head>{base}</head><body><h1>The bridge has opened at last</h1>{_PROSE}{picture}{_PROSE}{related}</body>"
    record = engine.process(Page(url="https://x.example/world/1-story", body=html.encode()))
    assert isinstance(record, Article)
    assert [image.url for image in record.images] == [wanted + "i/1.jpg"]
    assert [link.url for link in record.related] == [wanted + "2-story"]


def test_the_author_of_a_teaser_is_not_the_articles() -> None:
    teasers = "<article><h3>A dam</h3><div class='byline'>John Roe</div></article>"
    filler = "<div>Weather</div>" * 9
    html = f"<body><h1>The bridge has opened at last</h1>{_PROSE}{filler}{teasers}<div class='byline'>Jane Doe</div></body>"
    assert _record(html).authors == ("Jane Doe",)


def test_a_date_for_software_may_have_the_month_first_in_europe_too() -> None:
    text = "Die neue Brücke über den Fluss ist nach Jahren der Arbeit eröffnet worden und steht allen offen."
    head = "<meta property='article:published_time' content='3/4/2026 10:00:00'>"
    html = f"<html lang='de'><head>{head}</head><body><h1>Die neue Brücke</h1>{f'<p>{text}</p>' * 4}</body>"
    assert _record(html).date_published is None
