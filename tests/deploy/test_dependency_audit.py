"""What `make pip-audit` makes of pip-audit's answers: silence is not health."""

from typing import Any

import pytest

from deploy.audit_dependencies import answers, verdict

SOUND = {"name": "msgspec", "version": "0.20.0", "vulns": []}
SICK = {"name": "idna", "version": "3.6", "vulns": [{"id": "PYSEC-2024-60", "fix_versions": ["3.7"]}]}
HOPELESS = {"name": "old", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": []}]}
SILENT = {"name": "click", "skip_reason": "Dependency not found on PyPI and could not be audited: click (8.2.0)"}


@pytest.mark.parametrize(("dependencies", "code", "says"), [
    ([SOUND], 0, "1 packages, and no known vulnerability"),
    ([SOUND, SICK], 1, "idna 3.6: PYSEC-2024-60, mended in 3.7"),
    ([HOPELESS], 1, "mended in no version yet"),
    ([SOUND, SILENT], 3, "Of 2 packages the database said nothing about 1 (click)"),
    ([SICK, SILENT], 1, "nothing is known of those"),
])  # fmt: skip
def test_only_a_database_that_answers_makes_an_audit_green(
    dependencies: list[dict[str, Any]], code: int, says: str
) -> None:
    found, told = verdict(answers(dependencies))
    assert found == code
    assert says in told
