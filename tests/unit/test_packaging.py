"""What users install: a wheel that holds everything the code reads, and locks that hold for everybody."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LOCKS = sorted((REPOSITORY / "deploy").glob("requirements*.txt"))


def test_the_wheel_holds_every_file_of_the_packages(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="the build backend is not installed")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    [wheel] = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        packed = set(opened.namelist())
    files = {
        str(path.relative_to(REPOSITORY))
        for package in ("schemas", "workers")
        for path in (REPOSITORY / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert files <= packed
    assert not [name for name in packed if name.startswith(("tests/", "deploy/"))]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_pins_every_package_with_hashes_and_names_no_place(lock: Path) -> None:
    text = lock.read_text("utf-8")
    pins = re.findall(r"^[a-z0-9][^ \n]*", text, re.MULTILINE)
    assert len(pins) > 5
    assert all("==" in pin for pin in pins)
    assert len(re.findall(r"^[a-z0-9][^\n]* \\\n    --hash=sha256:", text, re.MULTILINE)) == len(pins)
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
