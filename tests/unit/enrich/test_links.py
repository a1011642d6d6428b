"""Addresses and sites."""

import pytest

from workers.enrich.links import LONGEST_URL, absolute, site_of

PAGE = "https://news.example.com/politics/story.html?page=2#top"

ABSOLUTE: list[tuple[str | None, str | None, str | None]] = [
    ("https://a.example.com/b?c=d#e", PAGE, "https://a.example.com/b?c=d#e"),
    ("/sport/1", PAGE, "https://news.example.com/sport/1"),
    ("other.html", PAGE, "https://news.example.com/politics/other.html"),
    ("../x/./y", PAGE, "https://news.example.com/x/y"),
    ("/a/../b", PAGE, "https://news.example.com/b"),
    ("//cdn.example.net/i.jpg", PAGE, "https://cdn.example.net/i.jpg"),
    ("?page=3", PAGE, "https://news.example.com/politics/story.html?page=3"),
    ("HTTP://Example.COM:80/A", None, "http://example.com/A"),
    ("https://example.com:8443/", None, "https://example.com:8443/"),
    ("https://user:secret@example.com/x", None, "https://example.com/x"),
    ("  https://example.com/\n x\t", PAGE, "https://example.com/%20x"),
    ("https://example.com/ä/日本", PAGE, "https://example.com/ä/日本"),
    ("/a b|c", PAGE, "https://news.example.com/a%20b%7Cc"),
    ("/a\ud800", PAGE, "https://news.example.com/a%3F"),
    ("https://[2001:db8::1]/x", None, "https://[2001:db8::1]/x"),
    ("https://127.0.0.1/x", None, "https://127.0.0.1/x"),
    ("https://xn--mnchen-3ya.example/", None, "https://xn--mnchen-3ya.example/"),
    ("#comments", PAGE, None),
    ("", PAGE, None),
    (None, PAGE, None),
    ("javascript:void(0)", PAGE, None),
    ("JaVaScRiPt:alert(1)", PAGE, None),
    ("java\nscript:alert(1)", PAGE, None),
    ("data:text/html,x", PAGE, None),
    ("mailto:a@example.com", PAGE, None),
    ("ftp://example.com/x", PAGE, None),
    ("file:///etc/hosts", PAGE, None),
    ("/relative", None, None),
    ("relative", None, None),
    ("https://", None, None),
    ("https:///x", None, None),
    ("https://[::1", PAGE, None),
    ("https://example.com:port/", PAGE, None),
    ("https://example.com:99999/", PAGE, None),
    ("https://exa mple.com/", PAGE, None),
    ("https://a..b/", PAGE, None),
    ("https://" + "a." * 200 + "com/", PAGE, None),
    ("/" + "x" * LONGEST_URL, PAGE, None),
]


@pytest.mark.parametrize(("href", "base", "address"), ABSOLUTE)
def test_a_link_becomes_an_absolute_address_or_nothing(href: str | None, base: str | None, address: str | None) -> None:
    assert absolute(href, base) == address


SITES: list[tuple[str | None, str | None]] = [
    ("https://www.example.com/x", "example.com"),
    ("https://news.sport.example.co.uk/", "example.co.uk"),
    ("https://example.com.au:8080/", "example.com.au"),
    ("https://blog.example.co.jp/", "example.co.jp"),
    ("https://someone.github.io/blog", "someone.github.io"),
    ("https://www.münchen.de/", "münchen.de"),
    ("https://co.uk/", "co.uk"),
    ("http://127.0.0.1/x", "127.0.0.1"),
    ("http://localhost:8000/", "localhost"),
    ("https://example.com./", "example.com"),
    ("not an address", None),
    ("https://[::1", None),
    (None, None),
]


@pytest.mark.parametrize(("address", "site"), SITES)
def test_an_address_belongs_to_a_site(address: str | None, site: str | None) -> None:
    assert site_of(address) == site
