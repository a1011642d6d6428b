"""JSON-LD as publishers break it."""

import time
from typing import Any

import pytest

from workers.segment.json_ld import DEEPEST_MENDED, decode_json_ld

MENDED: dict[str, tuple[str, Any]] = {
    "good JSON": ('{"a": [1, true, null, "x"]}', {"a": [1, True, None, "x"]}),
    "a raw line end and a raw tab in a string": ('{"a": "one\n\ttwo"}', {"a": "one\n\ttwo"}),
    "a comma before a closing bracket": ('{"a": [1, 2,], "b": 3,}', {"a": [1, 2], "b": 3}),
    "a comma twice": ('{"a": [1,, 2]}', {"a": [1, 2]}),
    "a missing value": ('{"a":, "b": 1}', {"a": None, "b": 1}),
    "a missing comma between lines": ('{"a": "x"\n"b": "y"}', {"a": "x", "b": "y"}),
    "an HTML comment around it": ('<!-- {"a": 1} -->', {"a": 1}),
    "CDATA around it": ('//<![CDATA[\n{"a": 1};\n//]]>', {"a": 1}),
    "a byte-order mark": ('\ufeff{"a": 1}', {"a": 1}),
    "a semicolon after it": ('{"a": 1};', {"a": 1}),
    "line comments": ('{"a": "x" // what a is\n, // next\n"b": 2}', {"a": "x", "b": 2}),
    "block comments": ('/* ours */ {"a": /* one */ 1}', {"a": 1}),
    "quotes nobody escaped": ('{"a": "He said "yes", and left", "b": 1}', {"a": 'He said "yes", and left', "b": 1}),
    "markup with its quotes": (
        '{"a": "<a href="https://a.example/">x</a>"}',
        {"a": '<a href="https://a.example/">x</a>'},
    ),
    "entities for its quotes": ("{&quot;a&quot;: &quot;b&quot;}", {"a": "b"}),
    "an escape that JSON lacks": (r'{"a": "it\'s", "b": "\x"}', {"a": "it's", "b": "x"}),
    "half of a surrogate pair": (r'{"a": "x\ud83dy"}', {"a": "x\ufffdy"}),
    "a whole surrogate pair in a broken object": (r'{"a": "\ud83d\ude00",}', {"a": "😀"}),
    "a bad unicode escape": (r'{"a": "\uZZ"}', {"a": "\ufffdZZ"}),
    "words of other languages": ('{"a": NaN, "b": undefined, "c": True}', {"a": None, "b": None, "c": True}),
    "several objects": ('{"a": 1}\n{"b": 2}', [{"a": 1}, {"b": 2}]),
    "a bracket too many": ('{"a": 1}}', {"a": 1}),
    "a script cut short in a string": ('{"a": {"b": [1, {"c": "d', {"a": {"b": [1, {"c": "d"}]}}),
    "a script cut short after a key": ('{"a": 1, "b"', {"a": 1, "b": None}),
    "a script cut short after a colon": ('{"a": 1, "b":', {"a": 1, "b": None}),
}


@pytest.mark.parametrize(("script", "meant"), MENDED.values(), ids=MENDED.keys())
def test_a_script_says_what_its_author_meant(script: str, meant: Any) -> None:
    assert decode_json_ld(script) == meant


@pytest.mark.parametrize("script", ["", " \n", "hello world", "var x = 5;", '"', "\ud800", "NaN", "<html>"])
def test_a_script_that_holds_no_data_gives_none(script: str) -> None:
    assert decode_json_ld(script) is None


def test_nesting_without_end_is_cut_off_without_an_error() -> None:
    assert decode_json_ld("[" * 100_000) is None or isinstance(decode_json_ld("[" * 100_000), list)
    deep = decode_json_ld('{"a":' * 5_000)
    depth = 0
    while isinstance(deep, dict):
        deep, depth = deep["a"], depth + 1
    assert depth <= DEEPEST_MENDED


HOSTILE = ['"', '"\n', "/*", "//", "\\", '"\\', '"a" ', "{", '{"a":', "[,", "\n", "<!--", '"a":"b" ']


@pytest.mark.parametrize("piece", HOSTILE)
def test_twice_the_script_takes_about_twice_the_time(piece: str) -> None:
    def seconds(length: int) -> float:
        script = (piece * length)[:length]
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            decode_json_ld(script)
            best = min(best, time.process_time() - start)
        return best

    # A quadratic mender would need 64 times as long.
    assert seconds(160_000) < 24 * seconds(20_000) + 0.05
