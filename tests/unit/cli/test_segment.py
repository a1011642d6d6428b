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
