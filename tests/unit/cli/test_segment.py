"""`broadsheet segment`: paths in, one line a page out, failures named and counted."""

import gzip
import json
from pathlib import Path

from click.testing import CliRunner

from workers.cli.segment import segment

PAGE = "<!doctype html><title>A page</title><p>Some words that are no news."


def invoke(*arguments: str, stdin: bytes | None = None) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, decoded lines, standard error."""
    done = CliRunner().invoke(segment, list(arguments), input=stdin, standalone_mode=False)
    assert done.exception is None, done.exception
    return done.return_value, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_a_page_is_one_line_with_the_four_fields(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(PAGE)
    code, lines, _ = invoke(str(page))
    assert code == 0
    assert [list(line) for line in lines] == [["path", "article", "teasers", "snippets"]]
    assert lines[0]["path"] == str(page)


def test_standard_input_is_a_dash() -> None:
    code, lines, _ = invoke("-", stdin=PAGE.encode())
    assert (code, lines[0]["path"]) == (0, "-")


def test_a_folder_stands_for_its_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b.html", "a.html", "deep/c.html", ".hidden", ".git/d.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(PAGE)
    _, lines, _ = invoke(str(tmp_path))
    assert [Path(str(line["path"])).name for line in lines] == ["a.html", "b.html", "c.html"]


def test_a_compressed_file_is_known_by_its_ending(tmp_path: Path) -> None:
    page = tmp_path / "page.html.gz"
    page.write_bytes(gzip.compress(PAGE.encode()))
    assert invoke(str(page))[0] == 0


def test_a_page_that_fails_is_named_with_its_reason_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "1.html.gz").write_bytes(gzip.compress(PAGE.encode())[:20])
    (tmp_path / "2.html").write_text(PAGE)
    code, lines, errors = invoke(str(tmp_path), str(tmp_path / "absent.html"))
    assert code == 1
    assert len(lines) == 1
    assert "1.html.gz: bad-encoding" in errors
    assert "absent.html: No such file" in errors


def test_a_folder_without_pages_says_so(tmp_path: Path) -> None:
    (tmp_path / ".hidden").write_text(PAGE)
    code, lines, errors = invoke(str(tmp_path))
    assert (code, lines) == (0, [])
    assert errors == f"There is no page in {tmp_path}: hidden files are left out.\n"


STORY = (
    "<!doctype html><h1>The ferry sails again</h1>"
    + "<p>The harbour board said on Monday that the ferry will sail again in June, after eleven years of silence.</p>"
    * 4
)


def test_json_lines_and_archives_are_read_record_by_record(tmp_path: Path) -> None:
    (tmp_path / "pages.jsonl.gz").write_bytes(
        gzip.compress(json.dumps({"url": "https://news.example/ferry", "html": STORY}).encode() + b"\n{broken\n")
    )
    response = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{STORY}".encode()
    (tmp_path / "crawl.warc").write_bytes(
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/boat\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nWARC-Date: 2025-03-05T08:00:00Z\r\n"
        b"Content-Type: application/http; msgtype=response\r\n"
        b"Content-Length: " + str(len(response)).encode() + b"\r\n\r\n" + response + b"\r\n\r\n"
    )
    code, lines, errors = invoke(str(tmp_path))
    assert [str(line["path"]).removeprefix(f"{tmp_path}/") for line in lines] == [
        "crawl.warc, record 1 (https://news.example/boat)",
        "pages.jsonl.gz, line 1",
    ]
    articles = [line["article"] for line in lines]
    assert [article and article["url"] for article in articles] == [  # type: ignore[index]
        "https://news.example/boat",
        "https://news.example/ferry",
    ]
    assert code == 1
    assert "pages.jsonl.gz, line 2: " in errors


def test_pages_that_name_no_site_get_the_one_given(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(STORY)
    _, lines, _ = invoke(str(tmp_path), "--site", "news.example")
    assert lines[0]["article"]["site"] == "news.example"  # type: ignore[index]


def test_json_shows_everything_and_says_so(tmp_path: Path) -> None:
    done = CliRunner().invoke(segment, [str(tmp_path), "--show", "promos"])
    assert done.exit_code == 2
    assert "--show is for --format html and text" in done.output
