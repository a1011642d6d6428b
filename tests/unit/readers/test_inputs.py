"""Which inputs a command line names, and plain pages from files, folders and standard input."""

import gzip
from pathlib import Path

import pytest

from schemas import RawPage
from tests.unit.readers.reading import (
    HTML,
    URL,
    pages,
    read_file,
    read_pipe,
    reasons,
)
from workers.readers import find_inputs
from workers.readers.inputs import Form, form_of


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("page.html", Form.PAGE),
        ("page.html.gz", Form.PAGE),
        ("page", Form.PAGE),
        ("pages.jsonl", Form.LINES),
        ("pages.JSONL.zst", Form.LINES),
        ("items.jl", Form.LINES),
        ("crawl.warc.gz", Form.ARCHIVE),
        ("crawl.warc.wet.gz", Form.ARCHIVE),
        ("CRAWL.WARC", Form.ARCHIVE),
        ("my.warc.notes.txt", Form.PAGE),
        (".gz", Form.PAGE),
    ],
)
def test_a_name_tells_the_form(name: str, form: Form) -> None:
    assert form_of(name) is form


@pytest.mark.parametrize(
    ("name", "content_type", "content_encoding"),
    [
        ("a.html", "text/html", None),
        ("a.HTM", "text/html", None),
        ("a.txt", "text/plain", None),
        ("a", None, None),
        ("a.html.gz", "text/html", "gzip"),
        ("a.txt.zst", "text/plain", "zstd"),
        ("a.br", None, "br"),
    ],
)
def test_a_file_is_a_page_with_what_its_name_tells(
    tmp_path: Path, name: str, content_type: str | None, content_encoding: str | None
) -> None:
    (page,) = pages(read_file(tmp_path, name, HTML))
    assert page == RawPage(body=HTML, content_type=content_type, content_encoding=content_encoding)


def test_what_the_user_says_outranks_the_name(tmp_path: Path) -> None:
    (page,) = pages(read_file(tmp_path, "a.txt", HTML, content_type="text/html; charset=latin1", url=URL))
    assert page == RawPage(body=HTML, content_type="text/html; charset=latin1", url=URL)


def test_a_site_is_given_to_the_pages_that_name_none(tmp_path: Path) -> None:
    data = b'{"html": "a", "site": "own.example"}\n{"html": "b"}\n'
    found = pages(read_file(tmp_path, "a.jsonl", data, site="news.example"))
    assert [page.site for page in found] == ["own.example", "news.example"]


def test_an_empty_file_is_a_page_that_holds_nothing(tmp_path: Path) -> None:
    assert pages(read_file(tmp_path, "a.html", b"")) == [RawPage(body=b"", content_type="text/html")]


def test_a_file_above_the_limit_is_named_and_not_read(tmp_path: Path) -> None:
    items = read_file(tmp_path, "a.html", HTML, limit=10)
    assert reasons(items) == ["more than 10 bytes"]
    assert items[0].where.endswith("a.html")


def test_a_folder_is_read_in_name_order_without_hidden_files_and_endless_links(tmp_path: Path) -> None:
    for name in ("b.html", "a/2.html", "a/1.html", ".hidden.html", ".git/x.html", "c/d/e.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(HTML)
    (tmp_path / "c" / "loop").symlink_to(tmp_path)
    found = [Path(source.path).relative_to(tmp_path).as_posix() for source in find_inputs([str(tmp_path)])]
    assert found == ["a/1.html", "a/2.html", "b.html", "c/d/e.txt"]


def test_a_missing_path_is_an_error_and_not_an_empty_input(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        list(find_inputs([str(tmp_path / "nowhere.html")]))


def test_an_input_is_the_same_until_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(HTML)
    (before,), (again,) = find_inputs([str(path)]), find_inputs([str(path)])
    path.write_bytes(HTML + b"!")
    (after,) = find_inputs([str(path)])
    assert before.identity == again.identity != after.identity


def test_standard_input_may_be_a_page(tmp_path: Path) -> None:
    assert pages(read_pipe(HTML, content_type="text/html", url=URL)) == [
        RawPage(body=HTML, content_type="text/html", url=URL)
    ]
    assert pages(read_pipe(gzip.compress(HTML))) == [RawPage(body=HTML)]
    assert pages(read_pipe(b"")) == [RawPage(body=b"")]
    assert "damaged gzip data" in reasons(read_pipe(b"\x1f\x8b\x08" + b"\xff" * 90))[0]
