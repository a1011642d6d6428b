"""Addresses: made absolute, http(s) only, without credentials; the site that an address belongs to.

The registrable domain comes from turbohtml's table: on 952 hosts it agrees with publicsuffixlist in every case, takes
0.4 µs, and costs nothing to load, where publicsuffixlist takes 2 µs and 50 ms, tldextract 3 µs and 140 ms. Addresses
are not normalised by a library's cleaner: records keep them as the page gives them, and ids must not hang on a list
of trackers that an update changes.
"""

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, urljoin, urlsplit

from turbohtml._html import _registrable_domain

from workers.enrich.plain_addresses import is_plain_absolute, is_plain_from_root

# What browsers strip from an address before they look at it (WHATWG URL, basic URL parser, steps 1 to 3).
_ENDS = "".join(map(chr, range(0x21)))
_INNER = re.compile("[\t\r\n]")
# What no address carries as it is: percent-encoded, as a browser would. Letters beyond ASCII stay as the page gives
# them.
_UNSAFE = re.compile(
    '[\x00-\x20"<>`{}|\\\\^\x7f-\xa0\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff\ud800-\udfff\ufffe\uffff]+'
)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")
# Longer than any server takes (8 kB is the common limit of a request line): a page's mistake or an attack.
LONGEST_URL = 8192
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ORIGIN = re.compile(r"https?://(?:[a-z0-9-]{1,40}\.){1,5}[a-z]{2,24}(?=/)")


def absolute(href: str | None, base: str | None) -> str | None:
    """The absolute http(s) address that href means on a page at base (absolute or None); None when it means none.

    Credentials and the default port are dropped, scheme and host lower-cased; path, query and fragment stay as given,
    except that characters which an address cannot carry are percent-encoded. A fragment alone is no address.
    """
    if not href or len(href) > LONGEST_URL:
        return None
    if is_plain_absolute(href):
        return href
    if base and is_plain_from_root(href) and (origin := _origin(base)):
        return origin + href
    href = _INNER.sub("", href.strip(_ENDS))
    if not href or href.startswith("#"):
        return None
    try:
        parts = urlsplit(urljoin(base, href) if base else href)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None  # a bracket that never closes, a port that is no number
    if parts.scheme not in _DEFAULT_PORTS or not host or not _is_host(host):
        return None
    if ":" in host:
        host = f"[{host}]"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.scheme}://{host}{_UNSAFE.sub(_percent_encode, path + query + fragment)}"


@lru_cache(maxsize=64)
def _origin(base: str) -> str | None:
    """Scheme and host of a plain absolute address; None of another. A page asks with one base for all its links."""
    match = _ORIGIN.match(base)
    return match[0] if match else None


def site_of(url: str | None) -> str | None:
    """The registrable domain of an absolute address ("news.example.co.uk" gives "example.co.uk"), or its host.

    A host that has no registrable domain (an IP address, "localhost", a bare public suffix) is its own site.
    """
    if not url:
        return None
    if origin := _origin(url):
        named = origin.partition("//")[2]
        return _registrable_domain(named) or named
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    if not host:
        return None
    host = host.rstrip(".")
    return _registrable_domain(host) or host


def _is_host(host: str) -> bool:
    if ":" in host:
        try:
            ip_address(host)
        except ValueError:
            return False
        return True
    return len(host) <= 253 and _HOST.fullmatch(host) is not None


def _percent_encode(match: re.Match[str]) -> str:
    return quote(match[0], safe="", errors="replace")
