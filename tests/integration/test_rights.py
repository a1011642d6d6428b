"""The least rights of each role are enough, and none of them is too many: without any one the work stops, told why."""

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable

import msgspec
import pytest
import structlog
from aiokafka.errors import KafkaError

from schemas import RawPage, Sightings, Snippet, Teaser
from schemas.codec import encode
from tests.conftest import Kafka
from tests.doors import PASSWORD, add_user
from tests.foreign_client import publish
from tests.stand_in_task import TASK
from workers.observe.events import Observer
from workers.observe.metrics import Metrics
from workers.settings import Settings
from workers.stream import topic_admin
from workers.stream.audit import audit
from workers.stream.connection import explained
from workers.stream.dead_letter import SOURCE
from workers.stream.dedup_worker import TOPICS as DEDUP_TOPICS
from workers.stream.dedup_worker import deduplicate
from workers.stream.failures import PERMANENT
from workers.stream.health import Health
from workers.stream.partition import Scene
from workers.stream.publish import PagePublisher
from workers.stream.replay import Wanted, replay
from workers.stream.rights import Right, least_rights
from workers.stream.segment_worker import TOPICS as SEGMENT_TOPICS
from workers.stream.segment_worker import segment_pages
from workers.stream.tail import tail
from workers.stream.topics import TopicsError, create_topics, mend_topics, require_topics, topic_differences
from workers.stream.trends_worker import TOPICS as TRENDS_TOPICS
from workers.stream.trends_worker import follow_trends

WORK_SECONDS = 20.0

Work = Callable[[Settings], Awaitable[object]]


def scene(settings: Settings, group: str, role: str) -> Scene:
    silent = structlog.wrap_logger(
        structlog.PrintLogger(io.StringIO()),
        processors=[],
        wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL),
    )
    return Scene(settings, Observer(Metrics(), silent), Health(), group, role)


async def segment(settings: Settings) -> None:
    await require_topics(settings, SEGMENT_TOPICS)
    await segment_pages(scene(settings, settings.segment_group, "segment"), TASK)


async def dedup(settings: Settings) -> None:
    await require_topics(settings, DEDUP_TOPICS)
    await deduplicate(scene(settings, settings.dedup_group, "dedup"))


async def trends(settings: Settings) -> None:
    await require_topics(settings, TRENDS_TOPICS)
    await follow_trends(scene(settings, settings.trends_group, "trends"))


async def publish_a_page(settings: Settings) -> None:
    async with PagePublisher(settings) as publisher:
        await publisher.send([RawPage(body=b"article: by somebody who may")])


async def administer(settings: Settings) -> None:
    await create_topics(
        msgspec.structs.replace(settings, topic_prefix=f"{settings.topic_prefix}{settings.segment_group}.")
    )
    await mend_topics(msgspec.structs.replace(settings, partitions=settings.partitions + 1))
    assert await topic_differences(settings)


async def read(settings: Settings) -> None:
    for topic in ("articles", "teasers", "snippets", "trends"):
        async for record in tail(settings, settings.topic(topic), follow=False):
            assert record.topic == settings.topic(topic)


WORKS: dict[str, Work] = {
    "segment": segment,
    "dedup": dedup,
    "trends": trends,
    "publish": publish_a_page,
    "read": read,
    "replay": lambda settings: replay(settings, Wanted(replayed_too=True)),
    "audit": audit,
    "administer": administer,
}
ENDLESS = ("segment", "dedup", "trends")
"""They work until they are stopped; that they can is tested with processes, where connections are."""


def as_somebody(kafka: Kafka, settings: Settings, name: str, rights: list[Right]) -> Settings:
    """The settings of a user with these rights."""
    add_user(kafka.bootstrap, name, rights)
    return msgspec.structs.replace(
        settings,
        kafka_bootstrap_servers=kafka.doors.login,
        kafka_security_protocol="SASL_SSL",
        kafka_sasl_username=name,
        kafka_sasl_password=PASSWORD,
        kafka_tls_ca_file=str(kafka.doors.ca_file),
    )


def own_groups(settings: Settings, name: str) -> Settings:
    """In groups of their own, works do not share what there is to do."""
    groups = {f"{kind}_group": f"{kind}-{name}" for kind in ENDLESS}
    return msgspec.structs.replace(settings, **groups)


async def refusal_of(work: Work, settings: Settings) -> BaseException | None:
    """What Kafka refuses; None when the work is done, or goes on."""
    try:
        async with asyncio.timeout(WORK_SECONDS):
            await work(settings)
    except TimeoutError as error:
        return error
    except (KafkaError, TopicsError) as error:
        return error
    return None


@pytest.fixture(scope="module")
def worked_on(kafka: Kafka) -> Settings:
    """Topics with something of everything on them: what is empty is not read, and what is not made is not written.

    All share them. It does no harm, since every role is in groups of its own and nobody has all rights; what is first
    on a topic of sightings becomes a dead letter, so that nobody comes to publish the teaser behind it.
    """
    settings = Settings(kafka_bootstrap_servers=kafka.bootstrap, topic_prefix="rights.", partitions=1, pool_processes=1)
    asyncio.run(create_topics(settings))
    source = f"{settings.topic('pages')}:0:0"
    sightings = Sightings(
        site="a.example",
        source=source,
        seen_at="2025-03-04T08:00:00+00:00",
        teasers=[Teaser(id="a" * 32, site="a.example", headline="T")],
        snippets=[Snippet(id="b" * 32, site="a.example", text="S")],
    )
    given = {
        "pages": [b"article: A", b"do: refuse"],
        # Seen on two days, so that a window is due.
        "sightings": [
            b"no sightings record",
            encode(sightings),
            encode(msgspec.structs.replace(sightings, seen_at=None)),
        ],
        "teasers": [b"{}"],
        "snippets": [b"{}"],
        "trends": [b"{}"],
        "trends-state": [b"{}"],
    }
    for topic, values in given.items():
        publish(settings, [(b"0" * 32, value, []) for value in values], topic=topic)
    letters = [(SOURCE, one.encode()) for one in (source, f"{settings.topic('sightings')}:0:0")]
    publish(settings, [(None, b"do: refuse", [letter]) for letter in letters], topic="dead-letters")
    return settings


@pytest.mark.parametrize("role", WORKS)
def test_without_any_one_of_its_rights_a_role_stops_and_says_what_is_not_permitted(
    role: str, kafka: Kafka, worked_on: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topic_admin, "VISIBLE_SECONDS", 3.0)
    cases: list[tuple[Right, Settings]] = []
    for number in range(len(least_rights(worked_on, role))):
        name = f"{role}-without-{number}"
        settings = own_groups(worked_on, name)
        rights = least_rights(settings, role)
        missing = rights.pop(number)
        cases.append((missing, as_somebody(kafka, settings, name, rights)))

    async def main() -> list[BaseException | None]:
        return await asyncio.gather(*(refusal_of(WORKS[role], settings) for _, settings in cases))

    for (missing, settings), refused in zip(cases, asyncio.run(main()), strict=True):
        assert isinstance(refused, PERMANENT), f"{refused!r} without {missing}"
        told = str(refused) if isinstance(refused, TopicsError) else explained(refused, settings)
        assert missing.name in told, f"without {missing}"


@pytest.mark.parametrize("role", [role for role in WORKS if role not in ENDLESS])
def test_with_its_rights_a_role_can_do_its_work(role: str, kafka: Kafka, worked_on: Settings) -> None:
    name = f"{role}-with-all"
    settings = own_groups(worked_on, name)
    somebody = as_somebody(kafka, settings, name, least_rights(settings, role))
    assert asyncio.run(refusal_of(WORKS[role], somebody)) is None
