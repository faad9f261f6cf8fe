"""Addresses: the canonical form, and which host is whose."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

#: Query parameters that name a campaign or a click, never a page.
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref_src|_ga|at_\w+|cmpid|ocid)$")
_SAFE = "!$&'()*+,;=:@-._~"
_SAFE_IN_QUERY = "!$'()*,;:@-._~/?"
#: A path that is encoded as it should be, as most are: letters and signs, and bytes that are no ASCII.
_ENCODED = re.compile(rf"(?:[A-Za-z0-9/{re.escape(_SAFE)}]|%[89A-F][0-9A-F])+")
#: Caches of AMP pages, whose path goes on with the page's own address.
_AMP_CACHE = re.compile(
    r"^https?://(?:[\w-]+\.cdn\.ampproject\.org/[cv]|(?:www\.)?google\.[a-z.]+/amp)/(s/)?(?=[^/]+\.)", re.IGNORECASE
)
_AMP_QUERY = re.compile(r"^(amp|output|outputtype)=(|1|true|amp)$", re.IGNORECASE)
_AMP_PATH = re.compile(r"^/amp(?=/[^/])|/amp/?$|\.amp(?=\.html?$|$)")
_TWIN_HOST = re.compile(r"^(?:www|m|mobile|wap|amp)\.(?=[^.]+\.)")


def canonical(url: str) -> str:
    """One address for one page: lower-case host in ASCII, no default port, tracking parameter or
    fragment, percent-encoding in one form (RFC 3986, 6.2.2).
    """
    parts = urlsplit(url.strip())
    return urlunsplit((parts.scheme.lower(), _netloc(url), _path(parts.path), "&".join(_query(parts.query)), ""))


def identity(url: str) -> str:
    """What two addresses of one page have in common, for comparing and never for fetching.

    Beyond ``canonical``: http is https; the hosts ``www``, ``m``, ``mobile``, ``wap`` and ``amp`` are the site's
    own; AMP pages and their caches are the page they copy; a trailing slash and the order of parameters say nothing.
    """
    cache = _AMP_CACHE.match(url)
    parts = urlsplit("https://" + url[cache.end() :] if cache else url.strip())
    path = _path(parts.path)
    while (bare := _AMP_PATH.sub("", path).rstrip("/")) != path:
        path = bare
    query = sorted(part for part in _query(parts.query) if not _AMP_QUERY.match(part if "=" in part else part + "="))
    return urlunsplit(("https", _without_twins(_netloc(urlunsplit(parts))), path, "&".join(query), ""))


def _without_twins(name: str) -> str:
    """The site's own host: ``m.news.example`` -> ``news.example``."""
    while _TWIN_HOST.match(name):
        name = _TWIN_HOST.sub("", name)
    return name


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are on one host, its mobile and AMP twins included."""
    return bool(host(one)) and _without_twins(host(one)) == _without_twins(host(other))


def _path(path: str) -> str:
    """Every byte encoded in one way; an encoded slash stays one, and bytes that are no UTF-8 stay what they are."""
    if _ENCODED.fullmatch(path):
        return path
    return "/".join(quote(unquote_to_bytes(part), safe=_SAFE) for part in path.split("/")) or "/"


def _query(query: str) -> list[str]:
    """The parameters that say which page it is, in their order."""
    parts = [part.replace("+", "%20").partition("=") for part in query.split("&") if part]
    kept = [part for part in parts if not TRACKING.match(part[0])]
    return [_quoted(name, "") + equals + _quoted(value, "=") for name, equals, value in kept]


def _quoted(text: str, more: str) -> str:
    return quote(unquote_to_bytes(text), safe=_SAFE_IN_QUERY + more)


def untracked(url: str) -> str:
    """The address as it stands, without tracking parameters and fragment."""
    parts = urlsplit(url)
    query = "&".join(part for part in parts.query.split("&") if not TRACKING.match(part.partition("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _hostname(name: str) -> str:
    """A host as DNS knows it: «موقع.مصر» is ``xn--4gbrim.xn--wgbh1c`` (RFC 3490; what Scrapy's requests say, too)."""
    name = name.rstrip(".")
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:  # no name of a host
        return name


def _netloc(url: str) -> str:
    parts = urlsplit(url.strip())
    host = _hostname(parts.hostname or "")
    default = {"http": 80, "https": 443}.get(parts.scheme.lower())
    try:
        port = parts.port
    except ValueError:  # a port that is no number
        return parts.netloc.lower()
    host = f"[{host}]" if ":" in host else host
    return host if port in (None, default) else f"{host}:{port}"


def origin(url: str) -> str:
    """Scheme, host and port: ``https://arabic.rt.com``."""
    return f"{urlsplit(url).scheme.lower()}://{_netloc(url)}"


def host(url: str) -> str:
    """The host in ASCII without a leading ``www.``, or ``""``."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _hostname(name).removeprefix("www.")


def belongs(url: str, domains: tuple[str, ...]) -> bool:
    """Whether the address is on one of the domains or under it."""
    name = host(url)
    return any(name == d or name.endswith("." + d) for d in map(_hostname, domains))


def is_root(url: str) -> bool:
    """Whether the address is the front page of its host."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def is_above(url: str, other: str) -> bool:
    """Whether an address is that of a section that another one is in: ``/world/`` of ``/world/7-story``."""
    upper, lower = ([part for part in _path(urlsplit(one).path).split("/") if part] for one in (url, other))
    return host(url) == host(other) and len(upper) < len(lower) and lower[: len(upper)] == upper


def section_of(url: str) -> str:
    """The first part of an address's path: ``world``."""
    return urlsplit(url).path.strip("/").split("/")[0]


def is_http(url: str) -> bool:
    """Whether the address is a whole http or https address."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def is_private(address: str) -> bool:
    """Whether an IP address (as text) lies outside the public internet; names are not looked up."""
    try:
        return not ipaddress.ip_address(address.strip("[]")).is_global
    except ValueError:
        return address == "localhost" or address.endswith(".localhost")
