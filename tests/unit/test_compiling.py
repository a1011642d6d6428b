"""The core's inner loops are compiled, and nobody is left with a module that is older than its source."""

import importlib
from pathlib import Path

import pytest

from hatch_build import ROOT, compile_modules, sources, stale

NAMES = [".".join(source.relative_to(ROOT).with_suffix("").parts) for source in sources()]


@pytest.mark.parametrize("name", NAMES)
def test_what_runs_is_compiled(name: str) -> None:
    where = importlib.import_module(name).__file__
    assert where is not None
    assert where.endswith(".so")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "workers" / "room"
    folder.mkdir(parents=True)
    for package in (folder, folder.parent):
        (package / "__init__.py").touch()
    (folder / "plain.py").write_text("seven = 7\n")
    (folder / "loop.py").write_text("def twice(number):\n    return 2 * number\n")
    (folder / "loop.pxd").write_text("cpdef long twice(long number)\n")
    return tmp_path


def test_what_has_types_beside_it_is_compiled_once_and_is_stale_after_a_change_or_a_loss(project: Path) -> None:
    assert stale(project) == ["workers.room.loop"]
    made = compile_modules(project)
    assert [path.suffix for path in made] == [".so"]
    assert stale(project) == []
    assert compile_modules(project) == []
    [compiled] = (project / "workers" / "room").glob("*.so")
    compiled.rename(compiled.with_suffix(".lost"))
    assert stale(project) == ["workers.room.loop"]
    compiled.with_suffix(".lost").rename(compiled)
    assert stale(project) == []
    (project / "workers" / "room" / "loop.py").write_text("def twice(number):\n    return number + number\n")
    assert stale(project) == ["workers.room.loop"]
