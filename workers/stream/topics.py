"""Broadsheet's topics: which there are, how they are configured, make them, and tell what differs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from aiokafka.admin import NewPartitions, NewTopic

from workers.settings import Settings
from workers.stream.topic_admin import (
    TopicsError,
    admin_client,
    configurations,
    partition_counts,
    raise_for,
    set_configuration,
    until_visible,
)

__all__ = [
    "Difference",
    "TopicPlan",
    "TopicsError",
    "create_topics",
    "mend_topics",
    "planned_topics",
    "require_topics",
    "topic_differences",
]

DAY_MILLISECONDS = 86_400_000

LARGEST_PAGE_BYTES = 64 * 2**20
"""Well above the worker's own limit for a page, so that a page above that limit arrives and becomes a dead letter."""

LARGEST_DEAD_LETTER_BYTES = LARGEST_PAGE_BYTES + 2 * 2**20
"""The page as it came, its headers, and the dead-letter headers."""

LARGEST_RECORD_BYTES = 16 * 2**20
"""An article or a page's sightings: text only, and text is a small part of a page."""

SITE_KEYED = ("sightings", "teasers", "snippets", "trends-state")
"""A site stays in the same partition number in all of them, so they must have equally many."""

COMPACTED_SEGMENT_MILLISECONDS = 600_000
"""Of `trends-state`: Kafka compacts no segment that is written to, and whatever is not compacted is read at a start."""


@dataclass(frozen=True)
class TopicPlan:
    """A topic as it should be."""

    name: str
    partitions: int
    configuration: dict[str, str]
    """Kafka's topic configuration, as far as it matters to Broadsheet."""


@dataclass(frozen=True)
class Difference:
    """One way in which a topic is not as planned."""

    topic: str
    what: str
    is_now: str | None
    """None: the topic is missing."""
    should_be: str

    def __str__(self) -> str:
        if self.is_now is None:
            return f"{self.topic} is missing"
        return f"{self.topic}: {self.what} is {self.is_now}, should be {self.should_be}"


def planned_topics(settings: Settings) -> list[TopicPlan]:
    """Every topic of the contract under these settings."""
    week, month = _days(7), _days(30)
    # Retention only removes whole segments, and an active one holds up to segment.ms: a day keeps it near the window.
    window = {"cleanup.policy": "compact,delete", "segment.ms": _days(1)}
    configurations = {
        "pages": {**_deleted_after(week), "max.message.bytes": str(LARGEST_PAGE_BYTES)},
        "articles": {"cleanup.policy": "compact", "max.message.bytes": str(LARGEST_RECORD_BYTES)},
        "sightings": {**_deleted_after(week), "max.message.bytes": str(LARGEST_RECORD_BYTES)},
        "teasers": {**window, "retention.ms": _days(settings.teaser_window_days)},
        "snippets": {**window, "retention.ms": _days(settings.snippet_window_days)},
        "dead-letters": {**_deleted_after(month), "max.message.bytes": str(LARGEST_DEAD_LETTER_BYTES)},
        "trends": _deleted_after(month),
        # What the trends workers remember of open windows. A window that is still open after a week (of the sightings'
        # own retention) has nothing left to read.
        "trends-state": {
            "cleanup.policy": "compact,delete",
            "retention.ms": week,
            "segment.ms": str(COMPACTED_SEGMENT_MILLISECONDS),
            "min.cleanable.dirty.ratio": "0.1",
            "delete.retention.ms": str(COMPACTED_SEGMENT_MILLISECONDS),
        },
    }
    return [
        TopicPlan(settings.topic(name), settings.partitions, configuration)
        for name, configuration in configurations.items()
    ]


async def create_topics(settings: Settings) -> list[str]:
    """Make the topics that are missing and return their names; those that exist are left as they are."""
    async with admin_client(settings) as admin:
        existing = await partition_counts(admin)
        missing = [plan for plan in planned_topics(settings) if plan.name not in existing]
        if missing:
            response = await admin.create_topics([_new_topic(plan, settings) for plan in missing])
            raise_for(response.to_object()["topic_errors"])
            await until_visible(admin, dict.fromkeys((plan.name for plan in missing), 1))
        return [plan.name for plan in missing]


async def topic_differences(settings: Settings) -> list[Difference]:
    """What differs between the topics and the plan; an empty list when all is well."""
    async with admin_client(settings) as admin:
        counts = await partition_counts(admin)
        plans = planned_topics(settings)
        actual = await configurations(admin, [plan.name for plan in plans if plan.name in counts])
        found: list[Difference] = []
        for plan in plans:
            if plan.name not in counts:
                found.append(Difference(plan.name, "topic", None, "there"))
                continue
            if counts[plan.name] != plan.partitions:
                found.append(Difference(plan.name, "partitions", str(counts[plan.name]), str(plan.partitions)))
            found += _configuration_differences(plan, actual[plan.name])
        return found


async def mend_topics(settings: Settings) -> list[Difference]:
    """Bring existing topics to the plan: add partitions, set configurations. Returns what could not be mended.

    Kafka cannot take partitions away. With more partitions, sites move: a teaser may be published once more.
    """
    await create_topics(settings)
    differences = await topic_differences(settings)
    plans = {plan.name: plan for plan in planned_topics(settings)}
    async with admin_client(settings) as admin:
        counts = await partition_counts(admin)
        grow = {
            plan.name: NewPartitions(plan.partitions) for plan in plans.values() if counts[plan.name] < plan.partitions
        }
        if grow:
            await admin.create_partitions(grow)
            await until_visible(admin, dict.fromkeys(grow, settings.partitions))
        for name in dict.fromkeys(one.topic for one in differences if one.what != "partitions"):
            await set_configuration(admin, name, plans[name].configuration)
    return await topic_differences(settings)


async def require_topics(settings: Settings, names: Sequence[str]) -> dict[str, int]:
    """Partition counts of the topics a worker needs ("pages", "sightings"); call it before anything else.

    Raises TopicsError when one is missing, or when the topics keyed by site have different partition counts.
    """
    async with admin_client(settings) as admin:
        counts = await partition_counts(admin)
    missing = [settings.topic(name) for name in names if settings.topic(name) not in counts]
    if missing:
        raise TopicsError(
            f"Kafka at {settings.kafka_bootstrap_servers} has no topic {', '.join(missing)} (or this user may not see "
            f"it). Make the topics with: {_command(settings, 'create')}"
        )
    together = {settings.topic(name): counts[settings.topic(name)] for name in names if name in SITE_KEYED}
    if len(set(together.values())) > 1:
        stated = ", ".join(f"{name} has {count}" for name, count in together.items())
        raise TopicsError(
            f"The topics keyed by site must have the same number of partitions, but {stated}. Mend it with: "
            f"{_command(settings, 'create --mend', partitions=max(together.values()))}"
        )
    return {name: counts[settings.topic(name)] for name in names}


def _command(settings: Settings, action: str, partitions: int | None = None) -> str:
    """The command that mends it, with the settings that are not the default."""
    plain = Settings()
    words = [f"broadsheet topics {action}"]
    if settings.kafka_bootstrap_servers != plain.kafka_bootstrap_servers:
        words.append(f"--kafka-bootstrap-servers {settings.kafka_bootstrap_servers}")
    if settings.topic_prefix != plain.topic_prefix:
        words.append(f"--topic-prefix '{settings.topic_prefix}'")
    if partitions is not None and partitions != plain.partitions:
        words.append(f"--partitions {partitions}")
    return " ".join(words)


def _days(days: float) -> str:
    return str(round(days * DAY_MILLISECONDS))


def _deleted_after(milliseconds: str) -> dict[str, str]:
    return {"cleanup.policy": "delete", "retention.ms": milliseconds}


def _new_topic(plan: TopicPlan, settings: Settings) -> NewTopic:
    return NewTopic(plan.name, plan.partitions, settings.replication_factor, topic_configs=plan.configuration)


def _configuration_differences(plan: TopicPlan, actual: dict[str, str]) -> Iterable[Difference]:
    for key, wanted in plan.configuration.items():
        now = actual.get(key, "")
        # A list's order means nothing: "delete,compact" is "compact,delete".
        if sorted(now.split(",")) != sorted(wanted.split(",")):
            yield Difference(plan.name, key, now, wanted)
