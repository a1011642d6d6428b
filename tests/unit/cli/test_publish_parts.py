"""The parts of `broadsheet publish` that need no Kafka: batches, the journal, what is shown; and lines for people."""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from schemas import RawPage
from workers.cli.printable import printable
from workers.cli.publish_batches import BATCH_BYTES, BATCH_PAGES, Batch, read_batches
from workers.cli.publish_journal import Journal, Mark
from workers.cli.publish_progress import Bar, PlainLines, make_progress
from workers.readers import Found, Input, Item, Unreadable, find_inputs
from workers.stream.publish import headers_of, key_of


def files(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_text(name)
    return [str(folder / name) for name in names]


def reader_of(count: int, size: int = 10) -> "object":
    def read(source: Input) -> Iterator[Item]:
        for number in range(count):
            if number % 10 == 9:
                yield Unreadable(f"{source.path} {number}", "broken", number)
            else:
                yield Found(RawPage(body=b"x" * size), f"{source.path} {number}", number)

    return read


def names(batch: Batch) -> list[str]:
    return [found.where for found in batch.found] + [unreadable.where for unreadable in batch.unreadable]


def batches(paths: list[str], journal: Journal, count: int, size: int = 10) -> list[Batch]:
    return list(read_batches(paths, journal, reader_of(count, size)))  # type: ignore[arg-type]


def test_batches_are_bounded_in_pages_and_bytes(tmp_path: Path) -> None:
    journal = Journal(tmp_path, ["x"])
    many = batches(files(tmp_path, "a"), journal, 3000)
    assert max(len(batch.found) + len(batch.unreadable) for batch in many) <= BATCH_PAGES
    assert sum(len(batch.found) for batch in many) == 2700
    large = batches(files(tmp_path, "a"), journal, 30, size=1 << 20)
    assert max(batch.size for batch in large) <= BATCH_BYTES + (1 << 20)
    assert sum(len(batch.unreadable) for batch in large) == 3


def test_small_files_share_a_batch_and_each_is_marked_whole(tmp_path: Path) -> None:
    paths = files(tmp_path, "a", "b", "c")
    (batch,) = batches(paths, Journal(tmp_path, ["x"]), 2)
    assert list(batch.marks.values()) == [Mark(2, whole=True)] * 3
    assert batch.behind == 3


@pytest.mark.parametrize("stop_after", range(1, 8))
def test_however_a_run_stops_the_next_one_reads_the_rest_and_nothing_twice(tmp_path: Path, stop_after: int) -> None:
    paths = files(tmp_path, "a", "b", "c")
    journal = Journal(tmp_path / "state", ["key"])
    seen = []
    for batch in batches(paths, journal, 1200)[:stop_after]:
        seen += names(batch)
        journal.write(batch.marks.items())
    journal.close()
    journal.path.open("a").write('{"input": "00", "do')  # killed in the middle of a line
    again = Journal(tmp_path / "state", ["key"])
    assert again.load() == len(seen)
    for batch in batches(paths, again, 1200):
        seen += names(batch)
        again.write(batch.marks.items())
    assert len(seen) == len(set(seen)) == 3600
    again.discard()
    assert not again.path.exists()


def test_a_file_that_has_changed_begins_anew(tmp_path: Path) -> None:
    (path,) = files(tmp_path, "a")
    journal = Journal(tmp_path / "state", ["key"])
    journal.write((source, Mark(5)) for source in find_inputs([path]))
    Path(path).write_text("changed")
    (source,) = find_inputs([path])
    assert journal.mark(source) == Mark(0)


def test_journals_of_other_commands_are_others(tmp_path: Path) -> None:
    assert Journal(tmp_path, ["a", "b"]).path != Journal(tmp_path, ["ab"]).path


def test_a_file_that_cannot_be_opened_is_named_and_the_next_is_read(tmp_path: Path) -> None:
    paths = files(tmp_path, "a", "b")

    def read(source: Input) -> Iterator[Item]:
        if source.path.endswith("a"):
            raise PermissionError(13, "Permission denied", source.path)
        yield Found(RawPage(body=b"x"), source.path, 1)

    (batch,) = read_batches(paths, Journal(tmp_path, ["x"]), read)
    assert [(item.where, item.reason) for item in batch.unreadable] == [(paths[0], "Permission denied")]
    assert [item.where for item in batch.found] == [paths[1]]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_with_pages_and_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    progress = make_progress(1000)
    assert isinstance(progress, Bar)
    progress.advance(1200, 3, 500)
    progress.complain("crawl.warc, record 7 (https://[red]x/\x1b[2J)", "cut short")
    progress.close()
    shown = terminal.getvalue()
    assert "1,200 pages" in shown
    assert "50 %" in shown
    assert "crawl.warc, record 7 (https://[red]x/ [2J): cut short" in shown


def test_anything_else_gets_plain_lines_now_and_then(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = [100.0]
    monkeypatch.setattr("workers.cli.publish_progress.time.monotonic", lambda: clock[0])
    progress = make_progress(10_000)
    assert isinstance(progress, PlainLines)
    progress.advance(10, 0, 100)
    clock[0] += 10
    progress.advance(500, 2, 2500)
    progress.complain("a\nb", "broken")
    progress.close()
    told = capsys.readouterr().err.splitlines()
    assert told == ["500 pages, 50 a second, 2 failed, 25 %, 0:00:30 left", "a b: broken"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bridge opens", "Bridge opens"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("one\r\ntwo\tthree\0", "one two three"),
        ("\u202egnp.exe\u202c", "gnp.exe"),
        ("\x9b2J", "2J"),
        ("lone \ud800 half", "lone   half"),
        ("שלום 日本 👩‍👩‍👧", "שלום 日本 👩‍👩‍👧"),
    ],
)
def test_what_a_terminal_would_act_on_is_not_printed(text: str, shown: str) -> None:
    assert printable(text) == shown
    printable(text).encode("utf-8")


def test_headers_hold_what_is_known_and_survive_any_text() -> None:
    page = RawPage(body=b"x", url="https://daily.example/\ud800", content_type="text/html\r\nx: y", http_status=200)
    headers = dict(headers_of(page))
    assert set(headers) == {"url", "content-type", "http-status"}
    assert headers["http-status"] == b"200"
    assert key_of(page) == headers["url"] == b"https://daily.example/?"
    assert headers_of(RawPage(body=b"x", url="")) == []
    assert key_of(RawPage(body=b"x")) is None
