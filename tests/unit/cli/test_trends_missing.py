"""`broadsheet worker trends` where its libraries are not installed."""

import sys

import pytest

from workers.cli.main import run


@pytest.mark.parametrize("library", ["faust", "datasketches"])
def test_what_is_not_installed_is_told_in_a_sentence_with_the_command_that_mends_it(
    library: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("workers.stream.trends_", "workers.trends"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    assert run(["worker", "trends"]) == 1
    told = capsys.readouterr().err
    assert told == (
        f"Error: The trends worker needs {library}, which is not installed: pip install 'broadsheet[trends]'\n"
    )
