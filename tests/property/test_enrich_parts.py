"""What the rooms of enrichment promise of any text: addresses, dates, ids, credits, scripts."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.property.segmented_pages import ADDRESS, TEXT
from tests.property.valid_records import check_address, check_time
from workers.enrich.dates import find_stamp, parse_stamp
from workers.enrich.ids import ID_DIGITS, article_id, normalised, snippet_id, teaser_id, url_key
from workers.enrich.images import split_credit
from workers.enrich.links import absolute, site_of
from workers.enrich.text import tidy
from workers.segment.json_ld import decode_json_ld


@given(TEXT, st.none() | ADDRESS)
def test_an_address_is_absolute_or_none(href: str, base: str | None) -> None:
    address = absolute(href, absolute(base, None))
    check_address(address)
    if address is not None:
        assert site_of(address)
        assert url_key(address)
        address.encode("utf-8")


@given(TEXT)
def test_tidied_text_stays_tidy(text: str) -> None:
    clean = tidy(text)
    assert tidy(clean) == clean
    if clean is not None:
        clean.encode("utf-8")


@given(st.one_of(TEXT, st.text(st.sampled_from("0123456789-/.:TZ+ März年月日"), max_size=30)))
def test_a_date_is_valid_or_none(text: str) -> None:
    check_time(parse_stamp(text))
    check_time(find_stamp(text))


@given(TEXT)
def test_normalised_text_stays_normalised(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)


@given(st.none() | TEXT, TEXT)
def test_ids_are_hexadecimal_whatever_they_are_made_of(site: str | None, text: str) -> None:
    for each in (teaser_id(site, text), snippet_id(site, text), article_id(site, absolute(text, None), text)):
        assert re.fullmatch(f"[0-9a-f]{{{ID_DIGITS}}}", each)


@given(TEXT)
def test_caption_and_credit_are_parts_of_what_is_shown(text: str) -> None:
    shown = tidy(text)
    for part in split_credit(shown):
        assert part is None or (shown is not None and part.split()[0] in shown)


@given(TEXT)
def test_any_script_is_decoded_or_none(text: str) -> None:
    assert isinstance(decode_json_ld(text), dict | list | str | int | float | type(None))
