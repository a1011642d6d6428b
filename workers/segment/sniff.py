"""What kind of thing a body is: HTML, plain text, or nothing that Broadsheet reads.

The label decides where it names a kind; where it is missing or says nothing ("application/octet-stream"), the bytes
do, by the tables of the WHATWG MIME Sniffing standard, widened to fragments that start with any element of a body.
Files that carry their own signature (PDF, images, archives) are refused whatever the label says: servers label them
text/html often enough, and reading them as text would publish garbage.
"""

import re
from dataclasses import dataclass
from typing import Literal

from workers.errors import UnsupportedType

Kind = Literal["html", "text"]

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"})
_TEXT_TYPES = frozenset({"text/plain", "text/markdown", "text/x-markdown"})
_XML_TYPES = frozenset({"text/xml", "application/xml"})
"""XHTML under these is a page; every other vocabulary (RSS, Atom, sitemaps) is not."""
_UNTOLD_TYPES = frozenset(
    {"application/octet-stream", "binary/octet-stream", "application/unknown", "unknown/unknown", "*/*", "text/*"}
)
"""Types that say nothing. A type that is no type at all ("html", "utf-8") counts as one of them."""

_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"%!PS-Adobe-", "PostScript"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"BM\x36", "a BMP image"),
    (b"\0\0\1\0", "an icon"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO\0", "a font"),
    (b"OggS\0", "Ogg media"),
    (b"ID3\3", "MP3 audio"),
    (b"ID3\4", "MP3 audio"),
    (b"fLaC\0", "FLAC audio"),
    (b"\x1aE\xdf\xa3", "Matroska or WebM video"),
    (b"FLV\1", "Flash video"),
    (b"CWS", "Flash"),
    (b"\x1f\x8b\x08", "gzip data (is the header content-encoding: gzip missing?)"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data (is the header content-encoding: zstd missing?)"),
    (b"PK\3\4", "a ZIP archive"),
    (b"PK\5\6", "a ZIP archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xca\xfe\xba\xbe", "a Java class"),
    (b"\0asm", "WebAssembly"),
    (b"SQLite format 3\0", "a database"),
    (b"{\\rtf", "an RTF document"),
)
_CONTAINERS = (
    (re.compile(rb"RIFF.{4}(?:WEBP|AVI |WAVE)", re.DOTALL), "RIFF media"),
    (re.compile(rb".{4}ftyp[a-z0-9]{2}", re.DOTALL | re.IGNORECASE), "MP4 media"),
    (re.compile(rb".{257}ustar", re.DOTALL), "a tar archive"),
)

_SNIFFED_CHARACTERS = 4096
"""How much of the text the sniffers look at; the standard's 1,445 bytes are too few under long leading comments."""

_GARBAGE_SHARE = 0.1
"""From this share of control and replacement characters on, text is not text. Random bytes have 0.11 control
characters in every encoding of one byte and far more failures in UTF-8; real pages, mislabelled ones included, have
less than 0.02."""

_GARBAGE_ALWAYS_FORGIVEN = 3
"""In characters: a stray NUL in a short text is an accident."""

_GARBAGE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
"""The standard's binary data bytes, C1 controls, and what no decoder could read; not the old line ends VT and NEL."""

# Every quantifier is bounded or excludes what follows it, so that each pattern takes linear time.
_PROLOG = re.compile(r"[\ufeff\s]+|<\?[^>]{0,1000}>|<!doctype[^>]{0,1000}>", re.IGNORECASE)
_ROOT = re.compile(r"<([a-z][a-z0-9:._-]{0,30})(?=[\s>/])", re.IGNORECASE)
_HTML_DOCTYPE = re.compile(r"\s*(?:<\?[^>]{0,1000}>\s*)?<!doctype\s+html", re.IGNORECASE)
_END_TAGS = re.compile(
    r"</(?:html|head|body|div|p|a|span|h[1-6]|ul|li|article|section|script|style|title)\s{0,9}>", re.IGNORECASE
)
_ENOUGH_END_TAGS = 3
"""Text that quotes a tag or two is still text."""

_BODY_ELEMENTS = (
    "html head body title meta link base style script noscript template iframe h1 h2 h3 h4 h5 h6 div p span a b i em "
    "strong br hr img picture figure ul ol li dl table tr td font center form section article main header footer nav "
    "aside blockquote pre video audio button label input small time"
)
_HTML_ROOTS = frozenset(_BODY_ELEMENTS.split())
_XML_ROOTS = {
    "rss": "an RSS feed",
    "feed": "an Atom feed",
    "rdf:rdf": "an RDF document",
    "urlset": "a sitemap",
    "sitemapindex": "a sitemap",
    "opml": "an OPML list",
    "svg": "an SVG image",
}


@dataclass(frozen=True, slots=True)
class ContentType:
    """A Content-Type header taken apart."""

    essence: str
    """type/subtype in lower case; "" when the header names none."""
    charset: str | None


def parse_content_type(header: str | None) -> ContentType:
    """Read a Content-Type header; of several in one line the first counts. Raises nothing."""
    if not header:
        return ContentType("", None)
    essence, *parameters = header.split(",", 1)[0].split(";")
    essence = essence.strip().lower()
    charset = None
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset" and charset is None:
            charset = value.strip().strip("\"'").strip() or None
    return ContentType(essence if re.fullmatch(r"[!-.0-~]{1,127}/[!-.0-~]{1,127}", essence) else "", charset)


def kind_by_label(essence: str) -> Kind | None:
    """The kind that a type names; None when the content must tell. Raises UnsupportedType for every other type."""
    if essence in _HTML_TYPES:
        return "html"
    if essence in _TEXT_TYPES:
        return "text"
    if not essence or essence in _UNTOLD_TYPES or essence in _XML_TYPES:
        return None
    raise UnsupportedType(f"content type {essence[:80]!r} is neither HTML nor text", stage="decode")


def refuse_signatures(body: bytes) -> None:
    """Raise UnsupportedType for bodies that begin with the signature of another file format."""
    for signature, name in _SIGNATURES:
        if body.startswith(signature):
            raise UnsupportedType(f"the content is {name}", stage="decode")
    for pattern, name in _CONTAINERS:
        if pattern.match(body):
            raise UnsupportedType(f"the content is {name}", stage="decode")


def refuse_garbage(text: str) -> None:
    """Raise UnsupportedType when the text is mostly bytes that no text holds."""
    head = text[:_SNIFFED_CHARACTERS]
    if len(_GARBAGE.findall(head)) > _GARBAGE_ALWAYS_FORGIVEN + _GARBAGE_SHARE * len(head):
        raise UnsupportedType("the content is binary", stage="decode")


def refuse_feeds(text: str) -> str | None:
    """Raise UnsupportedType for feeds and sitemaps, often labelled text/html; else the name of the root element."""
    root = _root_name(text)
    if root in _XML_ROOTS:
        raise UnsupportedType(f"the content is {_XML_ROOTS[root]}", stage="decode")
    return root


def kind_by_content(text: str, essence: str) -> Kind:
    """HTML or text, by what the text looks like. Raises UnsupportedType for XML other than XHTML, and JSON."""
    head = text[:_SNIFFED_CHARACTERS]
    root = refuse_feeds(text)
    if root in _HTML_ROOTS or _HTML_DOCTYPE.match(head):
        return "html"
    if essence in _XML_TYPES or head.lstrip().startswith("<?xml"):
        raise UnsupportedType("the content is XML, but not XHTML", stage="decode")
    start, end = head.lstrip("\ufeff \t\r\n")[:1], text[-64:].rstrip()[-1:]
    if (start, end) in (("{", "}"), ("[", "]")) and re.match(r'\s*(?:\[\s*)?\{\s*"', head):
        raise UnsupportedType("the content is JSON (an envelope needs its content-type header)", stage="decode")
    if root is not None and len(_END_TAGS.findall(head)) >= 1:
        return "html"
    return "html" if len(_END_TAGS.findall(head)) >= _ENOUGH_END_TAGS else "text"


def _root_name(text: str) -> str | None:
    """The name of the first element, if nothing but white space, comments and declarations stands before it."""
    position = 0
    while True:
        if text.startswith("<!--", position):
            end = text.find("-->", position + 4)
            if end < 0:
                return "html"  # only markup opens a comment, and this one swallows the rest
            position = end + 3
        elif (prolog := _PROLOG.match(text, position)) is not None:
            position = prolog.end()
        else:
            root = _ROOT.match(text, position)
            return root[1].lower() if root is not None else None
