"""The least that Kafka has to allow each worker and command: the ACLs that an operator gives, by role.

Each stands here because something fails without it; what Kafka grants along (Describe with Read, Write or Alter) is not
named again. A worker reads and writes nothing besides, so a stolen password of one role does what that role does.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Literal

from workers.settings import Settings

Resource = Literal["topic", "group", "transactional-id"]


@dataclass(frozen=True)
class Right:
    """One operation on one resource, or on all whose names begin so."""

    operation: str
    """As kafka-acls spells it: Read, Write, Describe, Create, Alter, AlterConfigs."""
    resource: Resource
    name: str
    prefixed: bool = False

    def __str__(self) -> str:
        return f"{self.operation} on {self.resource} {self.name}{'…' if self.prefixed else ''}"


def _segment(settings: Settings) -> list[Right]:
    return [
        *_topics(settings, "Read", "pages"),
        *_topics(settings, "Write", "articles", "sightings", "dead-letters"),
        *_membership(settings.segment_group),
    ]


def _dedup(settings: Settings) -> list[Right]:
    return [
        # What it has published is its memory, which it reads back.
        *_topics(settings, "Read", "sightings", "teasers", "snippets"),
        *_topics(settings, "Write", "teasers", "snippets", "dead-letters"),
        *_membership(settings.dedup_group),
    ]


def _trends(settings: Settings) -> list[Right]:
    return [
        # What it knows of open windows it reads back when it starts.
        *_topics(settings, "Read", "sightings", "trends-state"),
        *_topics(settings, "Write", "trends", "trends-state", "dead-letters"),
        Right("Read", "group", settings.trends_group),
    ]


def _publish(settings: Settings) -> list[Right]:
    return _topics(settings, "Write", "pages")


def _read(settings: Settings) -> list[Right]:
    return _topics(settings, "Read", "articles", "teasers", "snippets", "trends")


def _replay(settings: Settings) -> list[Right]:
    return [
        *_topics(settings, "Read", "dead-letters"),
        # Dead letters come from either topic, and that they are replayed is noted beside them.
        *_topics(settings, "Write", "dead-letters", "pages", "sightings"),
        Right("Write", "transactional-id", f"{settings.segment_group}-replay"),
    ]


def _audit(settings: Settings) -> list[Right]:
    return [
        *_topics(settings, "Read", "pages", "articles", "sightings", "teasers", "snippets", "dead-letters"),
        Right("Describe", "group", settings.segment_group),
        Right("Describe", "group", settings.dedup_group),
    ]


def _administer(settings: Settings) -> list[Right]:
    return [
        Right(operation, "topic", settings.topic_prefix, prefixed=True)
        for operation in ("Create", "Alter", "AlterConfigs")
    ]


ROLES: dict[str, tuple[str, Callable[[Settings], list[Right]]]] = {
    "segment": ("worker segment", _segment),
    "dedup": ("worker dedup", _dedup),
    "trends": ("worker trends", _trends),
    "publish": ("publish, and any crawler", _publish),
    "read": ("tail, and any reader (who needs Read on a group of its own besides)", _read),
    "replay": ("deadletters", _replay),
    "audit": ("audit", _audit),
    "administer": ("topics create and check", _administer),
}
"""Role -> who has it, and its rights."""


def least_rights(settings: Settings, role: str) -> list[Right]:
    """What the role needs under these settings; KeyError for a role that there is not."""
    return ROLES[role][1](settings)


def command_lines(rights: Sequence[Right], settings: Settings, principal: str) -> list[str]:
    """The commands of Apache Kafka that grant the rights."""
    return [
        f"kafka-acls.sh --bootstrap-server {quote(settings.kafka_bootstrap_servers)} --add "
        f"--allow-principal {quote(principal)} --operation {right.operation} --{right.resource} {quote(right.name)}"
        + (" --resource-pattern-type prefixed" if right.prefixed else "")
        for right in rights
    ]


def markdown_table(settings: Settings) -> str:
    """All roles, as the README shows them."""
    lines = ["| role | for | rights |", "|---|---|---|"]
    for role, (holders, rights) in ROLES.items():
        by_operation: dict[tuple[str, str], list[str]] = {}
        for right in rights(settings):
            name = f"`{right.name}{'*' if right.prefixed else ''}`"
            by_operation.setdefault((right.operation, right.resource), []).append(name)
        told = "; ".join(
            f"{operation} {resource} {', '.join(names)}" for (operation, resource), names in by_operation.items()
        )
        lines.append(f"| `{role}` | {holders} | {told} |")
    return "\n".join(lines) + "\n"


def _topics(settings: Settings, operation: str, *names: str) -> list[Right]:
    return [Right(operation, "topic", settings.topic(name)) for name in names]


def _membership(group: str) -> list[Right]:
    """To share the group's work, and to commit in transactions whose ids begin with the group's name."""
    return [Right("Read", "group", group), Right("Write", "transactional-id", f"{group}-", prefixed=True)]
