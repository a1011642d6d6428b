"""Addresses that need no work."""

from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.plain_source import plain
from workers.enrich import plain_addresses
from workers.enrich.links import absolute

both = pytest.mark.parametrize("module", [plain_addresses, plain(plain_addresses)], ids=["compiled", "source"])
ABSOLUTE = {
    "https://example.com/": True,
    "https://news.example.co.uk/2024/a-b_c,1.html?a=1&b=/?#top": True,
    "http://example.com/a/?": True,
    "https://example.com/a?#b": True,
    "https://example.com/a//b": False,
    "https://example.com/a/../b": False,
    "https://example.com/a b": False,
    "https://example.com/é": False,
    "https://example.com/a#": False,
    "https://example.com/a#b#c": False,
    "https://example.com": False,
    "https://example/": False,
    "https://Example.com/": False,
    "https://example.c0m/": False,
    "https://example.com:8080/": False,
    "https://.example.com/": False,
    "https://ann@example.com/": False,
    f"https://{'a' * 41}.com/": False,
    "ftp://example.com/": False,
    "": False,
}
FROM_ROOT = {
    "/a": True,
    "/a/b.html?c=d#e": True,
    "/a/": True,
    "/": False,
    "//example.com/a": False,
    "/a?": False,
    "/a?#b": False,
    "/a#": False,
    "/?a": False,
    "/.a": False,
    "a/b": False,
}
PIECES = ["https://", "http://", "example.", "a-1.", "com", "/", "/a", ".", "?", "#", "b=c", "é", " ", "%20"]


@both
@pytest.mark.parametrize(("address", "is_plain"), ABSOLUTE.items())
def test_a_plain_absolute_address_is_told_from_others(module: ModuleType, address: str, is_plain: bool) -> None:
    assert module.is_plain_absolute(address) == is_plain


@both
@pytest.mark.parametrize(("address", "is_plain"), FROM_ROOT.items())
def test_a_plain_path_from_the_root_is_told_from_others(module: ModuleType, address: str, is_plain: bool) -> None:
    assert module.is_plain_from_root(address) == is_plain


@both
@given(address=st.lists(st.sampled_from(PIECES), max_size=8).map("".join))
def test_what_is_plain_resolves_to_itself(module: ModuleType, address: str) -> None:
    if module.is_plain_absolute(address):
        assert absolute(address, "https://example.org/") == address
    if module.is_plain_from_root(address):
        assert absolute(address, "https://example.org/a/b") == f"https://example.org{address}"
