"""Whatever a file holds, a reader hands out pages and named damage, ends, and raises nothing."""

import gzip
import io
import tempfile
from pathlib import Path

import cramjam
from hypothesis import given, settings
from hypothesis import strategies as st

from workers.readers import Found, Unreadable, find_inputs, read_input

RECORD = (
    b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://news.example/\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
    b"Content-Length: %d\r\n\r\n%s\r\n\r\n"
)
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>x\r\n0\r\n\r\n"
ARCHIVE = [RECORD % (b"response", len(HTTP), HTTP), RECORD % (b"conversion", 5, b"Story")] * 2
WHOLE = {
    ".warc": b"".join(ARCHIVE),
    ".warc.gz": b"".join(map(gzip.compress, ARCHIVE)),
    ".warc.zst": b"".join(bytes(cramjam.zstd.compress(record)) for record in ARCHIVE),
    ".jsonl": b'{"html": "<p>", "url": "https://news.example/"}\n{"text": "x"}\n{"body_base64": "eA=="}\n',
    ".jsonl.gz": gzip.compress(b'{"html": "<p>"}\n' * 50),
    ".html.gz": gzip.compress(b"<p>x"),
}
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12)), max_size=4)


@given(ending=st.sampled_from(sorted(WHOLE)), changes=CHANGES, limit=st.sampled_from([10, 1 << 20]))
@settings(max_examples=400, deadline=None)
def test_a_damaged_file_is_read_to_its_end(ending: str, changes: list[tuple[float, int, bytes]], limit: int) -> None:
    data = WHOLE[ending]
    for where, removed, added in changes:
        at = round(where * len(data))
        data = data[:at] + added + data[at + removed :]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"
        path.write_bytes(data)
        (source,) = find_inputs([str(path)])
        items = list(read_input(source, limit=limit))
    assert len(items) < 500
    for item in items:
        assert isinstance(item, Found | Unreadable)
        assert item.where.startswith(str(path))
        if isinstance(item, Found):
            assert len(item.page.body) <= limit
        else:
            assert item.reason


@given(whole=st.sampled_from(sorted(WHOLE.values())), cut=st.floats(0, 1), noise=st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_standard_input_may_be_anything(whole: bytes, cut: float, noise: bytes) -> None:
    data = whole[: round(cut * len(whole))] + noise
    (source,) = find_inputs(["-"])
    items = list(read_input(source, standard_input=io.BytesIO(data)))
    assert all(isinstance(item, Found | Unreadable) for item in items)
    assert items or data
