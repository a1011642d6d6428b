"""The container image, as far as it can be judged without an engine that builds it."""

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import REPOSITORY, missing
from tests.deploy.deployment import DEPLOY
from tests.deploy.dockerfile import one, stages, variables
from tests.deploy.images import PINNED
from workers.cli.main import cli
from workers.settings import settings_from_texts

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_dockerfile_follows_the_rules_of_the_trade() -> None:
    hadolint = Path(sys.executable).with_name("hadolint")
    if not hadolint.exists():
        missing("no hadolint: `make test` installs it")
    result = subprocess.run(
        [hadolint, "--failure-threshold", "warning", DEPLOY / "Dockerfile"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def test_both_stages_begin_with_the_same_pinned_python_that_the_project_supports() -> None:
    (image,) = {one(stage, "FROM").split()[0].replace("-slim", "") for stage in stages()}
    assert PINNED.fullmatch(image)
    major, minor, _ = image.partition(":")[2].split("-")[0].split(".")
    assert PROJECT["requires-python"] == ">=3.11,<3.14"
    assert (3, 11) <= (int(major), int(minor)) < (3, 14)


def test_everything_that_is_copied_is_there_and_is_sent_to_the_engine() -> None:
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    sent = {line.removeprefix("!") for line in lines if line.startswith("!")}
    assert "*" in lines
    copied = set()
    for instruction in stages()[0]:
        if instruction.word == "COPY":
            copied |= set(instruction.rest.split()[:-1])
    assert copied == sent
    for source in copied:
        assert (REPOSITORY / source).exists(), source


def test_it_runs_as_nobody_with_settings_and_a_command_that_there_are() -> None:
    build, runtime = stages()
    user, _, group = one(runtime, "USER").partition(":")
    assert int(user) >= 10_000
    assert int(group) >= 10_000
    environment = variables(runtime, "ENV")
    own = {name for name in environment if name.startswith("BROADSHEET_")}
    settings = settings_from_texts({name.removeprefix("BROADSHEET_").lower(): environment[name] for name in own})
    assert one(runtime, "EXPOSE") == str(settings.http_port)
    assert f":{settings.http_port}/healthz" in one(runtime, "HEALTHCHECK")
    assert json.loads(one(runtime, "ENTRYPOINT")) == ["broadsheet"] == list(PROJECT["scripts"])
    assert CliRunner().invoke(cli, [*json.loads(one(runtime, "CMD")), "--help"]).exit_code == 0
    labels = variables(runtime, "LABEL")
    assert labels["org.opencontainers.image.version"] == PROJECT["version"]
    assert labels["org.opencontainers.image.licenses"] == PROJECT["license"]
    environment_folder, target = one(runtime, "COPY").split()[1:]
    assert environment_folder == target == "/opt/broadsheet"
    assert environment["PATH"].startswith(f"{target}/bin:")
    assert any("/opt/broadsheet" in step.rest for step in build if step.word == "RUN")


@pytest.mark.timeout(600)
@pytest.mark.skipif(
    not {"CI", "BROADSHEET_BUILD"} & os.environ.keys(),
    reason="it installs everything anew, minutes on a busy machine; CI does, and BROADSHEET_BUILD=1 does it here",
)
def test_the_steps_of_the_build_run_in_a_clean_environment(tmp_path: Path) -> None:
    """As they stand, with the folders of the image moved into a folder of the test, and this Python."""
    source, installed = tmp_path / "src", tmp_path / "opt" / "broadsheet" / "bin"
    source.mkdir()
    for step in stages()[0]:
        if step.word == "COPY":
            *names, target = step.rest.split()
            for name in names:
                copy(REPOSITORY / name, source / target)
        if step.word == "RUN":
            moved = step.rest.replace("/opt/", f"{tmp_path}/opt/").replace(
                "python -m venv", f"{sys.executable} -m venv"
            )
            run(source, "/bin/sh", "-c", moved)
    said = run(tmp_path, str(installed / "broadsheet"), "segment", "--url", "https://news.example/1", "-", text=STORY)
    assert json.loads(said)["article"]["headline"] == "Ferry stops"
    assert str(REPOSITORY) not in run(
        tmp_path, str(installed / "python"), "-c", "import workers; print(workers.__file__)"
    )


STORY = (
    "<!doctype html><title>Ferry stops</title><h1>Ferry stops</h1>"
    "<p>The ferry between the two shores has stopped for the winter, the harbour office said on Monday.</p>"
    "<p>Captain Ilse Brandt told reporters that the engine needs a part which is made in one town in the north.</p>"
    "<p>Nobody knows when the service will resume, but the mayor promised a bus that crosses the bridge.</p>"
)


def copy(source: Path, target: Path) -> None:
    """As COPY does: a folder's contents, or a file into a folder."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target.mkdir(exist_ok=True)
        shutil.copy(source, target)


def run(folder: Path, *command: str, text: str = "") -> str:
    """What the command says; its environment knows of no other one and of no settings."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("BROADSHEET_", "PYTHON", "VIRTUAL_ENV", "COV_"))
    }
    result = subprocess.run(
        command, cwd=folder, env=environment, input=text, capture_output=True, text=True, timeout=500, check=False
    )
    assert result.returncode == 0, f"{command}\n{result.stdout}\n{result.stderr}"
    return result.stdout
