"""Character encodings: which one a page is in, and its text.

The order is the WHATWG standard's (byte-order mark, HTTP header, <meta>, detection) with one amendment, because
labels are wrong more often than bytes: **bytes that are valid UTF-8 are UTF-8**, whatever a label says. A server's
default of ISO-8859-1 over UTF-8 pages is the commonest mistake of all, and text of another encoding is valid UTF-8
by chance only when it is very short. The other way round, a label is believed only as long as more of the
non-ASCII text decodes than fails; after that the next evidence is asked. So one broken byte never costs a page its
encoding, and a page in windows-1251 under a UTF-8 label is still read.

The decoders are the standard's own (turbohtml's), where for example iso-8859-1 means windows-1252.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

import turbohtml
from turbohtml.detect import Detection, detect

_META_WINDOW = 16 * 1024
"""How far a <meta charset> is looked for, in bytes. The standard prescans 1,024, but browsers act on a late one too."""

_DETECTION_WINDOW = 32 * 1024
"""How much of a page the frequency detector sees, in bytes, from the first byte beyond ASCII: it costs 0.1 ms a kB,
and its answer does not change after some hundred characters."""

_FEW_CHARACTERS = 3
"""Below this many characters, East Asian text can be valid UTF-8 by chance; its label is then believed."""

_LABEL = re.compile(r"[A-Za-z0-9_.:()+-]{1,40}")
_CONTENT_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s;\"'>]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "UTF-8"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_UTF_16_MARKUP = (
    # "<" and the character after it, as UTF-16 without a mark. No other encoding puts a NUL beside a "<".
    (re.compile(rb"(?:[\t\n\r ]\0){0,20}<\0[!?A-Za-z]\0"), "UTF-16LE"),
    (re.compile(rb"(?:\0[\t\n\r ]){0,20}\0<\0[!?A-Za-z]"), "UTF-16BE"),
)
_UTF_16 = frozenset({"UTF-16LE", "UTF-16BE"})
_JAPANESE_ESCAPES = (b"\x1b$B", b"\x1b$@")
"""How ISO-2022-JP switches to kanji: escape sequences in bytes that are otherwise ASCII."""

_MULTIBYTE = frozenset({"GBK", "gb18030", "Big5", "EUC-JP", "EUC-KR", "Shift_JIS"})


@dataclass(frozen=True, slots=True)
class Text:
    """Decoded text and the encoding that it was in (WHATWG name)."""

    text: str
    charset: str


def to_text(body: bytes, *, header: str | None, html: bool, url: str | None = None) -> Text:
    """Decode a page's bytes. Malformed bytes become U+FFFD; a byte-order mark is taken off; nothing is raised.

    header is the charset that HTTP gave; html says whether a <meta> may be asked. url lends its top-level domain to
    the detector, as browsers do.
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], name)
    for pattern, name in _UTF_16_MARKUP:
        if pattern.match(body):
            return _decoded(body, name)
    label = canonical_label(header)
    utf_8 = _strict_utf_8(body)
    if utf_8 is not None and utf_8.isascii() and any(escape in body for escape in _JAPANESE_ESCAPES):
        return _decoded(body, "ISO-2022-JP")
    if utf_8 is not None and not _may_mean_something_else(body, utf_8, label):
        return Text(utf_8, "UTF-8")
    for name in _labels(body, label, html):
        text = _decoded(body, name)
        if _holds(text.text):
            return text
    if utf_8 is None:
        text = Text(body.decode("utf-8", "replace"), "UTF-8")
        if _holds(text.text, certain=True):
            return text
    return _decoded(body, _detected(body, url))


@lru_cache(maxsize=512)
def canonical_label(label: str | None) -> str | None:
    """The WHATWG name of a charset label; None for no label, an unknown one, and those the standard disables."""
    if label is None or not _LABEL.fullmatch(label := label.strip(" \t\r\n\f\"'")):
        return None
    if label.lower() in ("utf-16", "utf-16le", "utf-16be"):
        return "UTF-16BE" if label.lower().endswith("be") else "UTF-16LE"
    try:
        codecs.lookup(f"whatwg-{label}")
    except LookupError:
        return None
    # The one public way to a label's canonical name is to let a page declare it; the stray byte rules ASCII out.
    name = detect(b'<meta charset="' + label.encode("ascii") + b'">\xff').encoding
    return None if name == "replacement" else name


def _strict_utf_8(body: bytes) -> str | None:
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _may_mean_something_else(body: bytes, utf_8: str, label: str | None) -> bool:
    """Whether bytes that are valid UTF-8 may all the same be in another encoding."""
    if label in _UTF_16:
        return b"\0" in body  # pages in real UTF-16 are full of NULs
    return label in _MULTIBYTE and not utf_8.isascii() and _beyond_ascii(utf_8) < _FEW_CHARACTERS


def _labels(body: bytes, header: str | None, html: bool) -> Iterator[str]:
    """What the labels say, in the standard's order."""
    if header is not None and (header not in _UTF_16 or b"\0" in body):
        yield header
    if html and (declared := _declared(body)) is not None and declared != header:
        yield declared


def _holds(text: str, *, certain: bool = False) -> bool:
    """Whether more of the text beyond ASCII decoded than failed; certain: four times more."""
    bad = text.count("\ufffd")
    if not bad:
        return True
    good = _beyond_ascii(text) - bad
    return (4 * bad if certain else bad) <= good


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _declared(body: bytes) -> str | None:
    """The encoding that the page declares in <meta> or the XML declaration."""
    head = body[:_META_WINDOW]
    if (found := _XML_ENCODING.match(head)) is not None:
        return _from_markup(found[1].decode("ascii"))
    if b"charset" not in head.lower():
        return None
    for meta in turbohtml.parse(head.decode("latin-1"), positions=False).select("meta"):
        charset, content = meta.attrs.get("charset"), meta.attrs.get("content")
        if isinstance(charset, str) and (name := _from_markup(charset)) is not None:
            return name
        if isinstance(content, str) and str(meta.attrs.get("http-equiv")).lower() == "content-type":
            found_label = _CONTENT_CHARSET.search(content)
            if found_label is not None and (name := _from_markup(found_label[1])) is not None:
                return name
    return None


def _from_markup(label: str) -> str | None:
    name = canonical_label(label)
    # Markup that could be read as ASCII is not in UTF-16, whatever it says (the standard's rule).
    return "UTF-8" if name in _UTF_16 else name


def _detected(body: bytes, url: str | None) -> str:
    first = _BEYOND_ASCII.search(body)
    start = first.start() if first is not None else 0
    window = body[start : start + _DETECTION_WINDOW]
    name = detect(window, Detection(tld=_top_level_domain(url))).encoding
    return name if name is not None and name not in ("UTF-8", "replacement") else "windows-1252"


def _top_level_domain(url: str | None) -> str | None:
    if url is None:
        return None
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    label = host.rsplit(".", 1)[-1]
    return label if re.fullmatch(r"[a-z0-9-]{2,63}", label) and not label.isdigit() else None


def _decoded(body: bytes, name: str) -> Text:
    return Text(body.decode(f"whatwg-{name}").removeprefix("\ufeff"), name)
