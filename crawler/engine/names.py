"""What an element's names say it is: class, id, role, itemprop and tag -> a kind of boilerplate.

The words are what publishers' templates use; a name counts only where content.py finds that the
element does not hold most of the page's prose (``article-with-related`` is not a related list).
"""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SPLIT = re.compile(r"[^a-z0-9]+")

#: kind -> words of names, in order: the first kind that matches wins.
NAME_WORDS = (
    ("comments", r"comments?|comment ?(list|form|area|section)|disqus|spot ?im|respond|fb comments"),
    (
        "share",
        r"share|sharing|shares|share ?(bar|tools?|buttons?|this|daddy)|sharedaddy|socials?|social ?(media|links?|icons?|bar)"
        r"|add ?this|add ?to ?any|addtoany|short ?url|copy ?link|font ?panel|print",
    ),
    (
        "related",
        r"related|relateds|relates|rel ?article ?group|related ?(posts?|stories|news|articles?|content|links?|parsely)|read ?more|read ?also"
        r"|also ?read|see ?also|recommend(ed|ations?|s)?|recirc|recirculation|more ?(news|stories|articles|posts|from|on|in)"
        r"|most ?(read|popular|viewed|watched|recent)|popular|popularity|trending|trend|similar|you ?may|outbrain|taboola|postquare"
        r"|promos?|teasers?|b inject|suggest(ed|ions?)|read ?next|up ?next|next ?(article|story|post)|prev(ious)?|latest|newest"
        r"|zergnet|revcontent|mgid|onward|carousel|siblings|relacionad[ao]s?|lire ?aussi|a lire|weitere|mehr zum thema|verwandte",
    ),
    (
        "tags",
        r"tags?|tag ?(list|cloud|links?|s)|post ?tags|article ?tags|entry ?tags|news ?tags|refs ?tags|keywords?|topics?|hashtags?"
        r"|etiquetas|themen|mots ?cles|category ?links|cat ?links",
    ),
    (
        "cta",
        r"newsletters?|news ?letter|subscri(be|ption|ptions|ber)|sign ?up|signup|google ?news|follow|follow ?us|followus"
        r"|app ?(banner|download|promo|store)|download ?app|whatsapp|telegram|donat(e|ion|ions)|pay ?wall|reg ?wall|membership"
        r"|open ?in ?app|notifications?|cta|call ?to ?action|mailing ?list|mailchimp|mc4wp|support ?us|piano|inscription|abo",
    ),
    ("legal", r"cookies?|cookie ?(banner|notice)|consent|gdpr|disclaimers?|privacy|terms|copyrights?|cc ?licen[sc]e|licen[sc]e"),
    (
        "caption",
        r"captions?|fig ?caption|wp caption text|photo ?(credit|caption)s?|image ?(credit|caption)s?|img ?(credit|caption)"
        r"|credits?|legende|bildunterschrift|pie ?de ?foto|media ?caption|photographer|image ?source",
    ),
    (
        "byline",
        r"by ?lines?|authors?|author ?(box|bio|info|name|card|s)|about ?(the )?author|writers?|contributors?|bio|biography|reporter|autor|auteur",
    ),
    ("ad", r"ads?|adv|advert|adverts|advertisement|advertising|ad ?(slot|container|wrapper|unit|box|label)|banners?|sponsor|sponsored|dfp|gpt ad|adsense|publicidad|publicite|werbung|anzeige|dianomi|ad ?block"),
    (
        "nav",
        r"nav|navs|navigation|nav ?bar|navbar|menu|menus|sub ?menu|bread ?crumbs?|pagination|pager|paging|toolbar|top ?bar|side ?bar|sidebar"
        r"|foot|footer|masthead|site ?header|page ?header|skip ?(link|to|nav)?|search|login|modal|popup|pop ?up|lightbox|overlay"
        r"|ticker|breaking ?news|screen ?reader ?text|visually ?hidden|sr only|tooltip|dropdown|off ?canvas|offscreen|accessibility",
    ),
    (
        "date",
        r"dates?|times?|time ?stamp|timestamp|published|publish ?date|pub ?date|post ?date|updated|post ?meta|entry ?meta|article ?meta|article ?info|meta ?data|metadata|time ?public|reading ?time|read ?time|info ?panel",
    ),
)
_KINDS = tuple((kind, re.compile(rf"(?:^| )(?:{words})(?= |$)")) for kind, words in NAME_WORDS)
_CONTENT = re.compile(
    r"(?:^| )(?:article ?(body|content|text|main|detail|details)|articlebody|articletext|story ?(body|content|text)|storybody|post ?(body|content|text|entry)|postcontent"
    r"|entry ?content|news ?(body|content|text|detail|details)|body ?(text|content|copy)|bodytext|content ?body|js mediator article|rich ?text|main ?text|text ?body|single ?content|single ?post ?content|field name body|article ?page ?content|wysiwyg)(?= |$)"
)
_LEAD = re.compile(
    r"(?:^| )(?:leads?|lede|intro|introduction|summary|stand ?first|chapeau|sapo|teaser ?text|deck|dek|abstract|article ?(lead|summary|intro|header ?description)|kicker ?text|excerpt|vorspann|sub ?title|subtitle|sub ?head(ing|line)?|subhead(ing|line)?|headline ?description|description)(?= |$)"
)

#: What the tag or the ARIA role alone says.
TAG_KINDS = {"nav": "nav", "footer": "nav", "figcaption": "caption", "form": "chrome", "button": "chrome", "aside": "related", "dialog": "nav", "menu": "nav", "label": "chrome"}
ROLE_KINDS = {"navigation": "nav", "banner": "nav", "contentinfo": "nav", "complementary": "related", "search": "nav", "dialog": "nav", "alertdialog": "nav", "menu": "nav", "button": "chrome", "tablist": "nav"}
ITEMPROP_KINDS = {"author": "byline", "comment": "comments", "datepublished": "date", "datemodified": "date", "keywords": "tags", "caption": "caption"}


def words_of(names: str) -> str:
    """``"article__read-more newsTags"`` -> ``"article read more news tags"``."""
    return _SPLIT.sub(" ", _CAMEL.sub(" ", names).lower()).strip()


@lru_cache(maxsize=8192)
def kind_of_names(names: str) -> str | None:
    """The kind that class and id names stand for, if any. Pure: the cache holds no page's state."""
    words = words_of(names)
    for kind, compiled in _KINDS:
        if compiled.search(words):
            return kind
    return None


@lru_cache(maxsize=8192)
def is_content_name(names: str) -> bool:
    """Whether names say "the article's body"."""
    return bool(_CONTENT.search(words_of(names)))


@lru_cache(maxsize=8192)
def is_lead_name(names: str) -> bool:
    """Whether names say "the article's lead or summary"."""
    return bool(_LEAD.search(words_of(names)))
