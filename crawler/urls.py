"""Addresses: the canonical form, and which host is whose."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

#: Query parameters that name a campaign or a click, never a page.
TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|ref_src|_ga|at_\w+|cmpid|ocid)$")
_SAFE = "!$&'()*+,;=:@-._~"


def canonical(url: str) -> str:
    """One address for one page: lower-case host, no default port, tracking parameter or
    fragment, percent-encoding in one form (RFC 3986, 6.2.2).
    """
    parts = urlsplit(url.strip())
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not TRACKING.match(k)]
    path = quote(unquote(parts.path), safe="/" + _SAFE) or "/"
    return urlunsplit((parts.scheme.lower(), _netloc(url), path, urlencode(query), ""))


def untracked(url: str) -> str:
    """The address as it stands, without tracking parameters and fragment."""
    parts = urlsplit(url)
    query = "&".join(part for part in parts.query.split("&") if not TRACKING.match(part.partition("=")[0]))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def _netloc(url: str) -> str:
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").rstrip(".")
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
    """The host without a leading ``www.``, or ``""``."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def belongs(url: str, domains: tuple[str, ...]) -> bool:
    """Whether the address is on one of the domains or under it."""
    name = host(url)
    return any(name == d or name.endswith("." + d) for d in domains)


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
