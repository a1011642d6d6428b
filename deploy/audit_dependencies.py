"""`make pip-audit`: ask a database of vulnerabilities about every locked package.

pip-audit itself says "no known vulnerabilities" of packages that its database does not answer for. Here that is a
failure of its own: exit code 0 when the database knows of nothing, 1 when it knows of something, 3 when it could not
be asked about everything.
"""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PIP_AUDIT = "pip-audit==2.10.1"
"""Run in an environment of its own: its dependencies are not ours."""

HERE = Path(__file__).parent

_NAMED = 3
"""So many names are enough to see what is the matter."""


class NotReached(Exception):
    """The database does not answer."""


@dataclass(frozen=True)
class Answers:
    """What the database says."""

    asked: int
    unanswered: list[str]
    """Packages that it said nothing about."""
    known: list[str]
    """A line for each known vulnerability."""


def answers(dependencies: Iterable[dict[str, Any]]) -> Answers:
    """Sum up the "dependencies" of pip-audit's JSON."""
    asked = list(dependencies)
    unanswered = [one["name"] for one in asked if "skip_reason" in one]
    known = [
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for one in asked
        for hole in one.get("vulns", ())
    ]
    return Answers(len(asked), unanswered, known)


def verdict(found: Answers) -> tuple[int, str]:
    """Exit code, and what to tell."""
    lines = list(found.known)
    if found.known:
        lines.append("Raise the versions (`make lock`), and try again.")
    if found.unanswered:
        named = ", ".join(found.unanswered[:_NAMED]) + (", …" if len(found.unanswered) > _NAMED else "")
        lines.append(
            f"Of {found.asked} packages the database said nothing about {len(found.unanswered)} ({named}): nothing is "
            "known of those. Is this a mirror without the vulnerabilities? Try again where the Python Package Index "
            "itself can be reached."
        )
    if not lines:
        lines.append(f"{found.asked} packages, and no known vulnerability in any of them.")
    return 1 if found.known else 3 if found.unanswered else 0, "\n".join(lines)


def ask(lock: Path) -> list[dict[str, Any]]:
    """What pip-audit finds about the packages of a lock file. Raises NotReached."""
    uv = Path(sys.executable).parent / "uv"
    command = [str(uv), "tool", "run", "--quiet", "--from", PIP_AUDIT, "pip-audit", "--requirement", str(lock)]
    command += ["--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NotReached(f"{lock.name}: pip-audit has not come to an end: {last}") from None
    return found


def main() -> int:
    """Ask about every lock file, and tell."""
    packages: dict[tuple[str, str], dict[str, Any]] = {}
    try:
        for lock in sorted(HERE.glob("requirements*.txt")):
            packages |= {(one["name"], one.get("version", "")): one for one in ask(lock)}
    except NotReached as error:
        sys.stderr.write(f"{error}\nThe database of vulnerabilities could not be asked; nothing is known.\n")
        return 3
    code, told = verdict(answers(packages.values()))
    (sys.stderr if code else sys.stdout).write(told + "\n")
    return code


if __name__ == "__main__":
    sys.exit(main())
