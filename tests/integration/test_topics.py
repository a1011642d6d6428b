"""Topics on a real broker: made as the contract says, compared, mended, and demanded by workers."""

import asyncio

import msgspec
import pytest
from aiokafka.admin import NewPartitions
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from click.testing import CliRunner

from tests.conftest import Kafka, Topics
from workers.cli.topics import topics as topics_command
from workers.settings import Settings
from workers.stream.topic_admin import TopicsError, admin_client, set_configuration, until_visible
from workers.stream.topics import (
    create_topics,
    mend_topics,
    planned_topics,
    require_topics,
    topic_differences,
)


def other(settings: Settings, **changes: object) -> Settings:
    return msgspec.structs.replace(settings, **changes)


def test_made_topics_are_as_planned(topics: Topics) -> None:
    assert asyncio.run(topic_differences(topics())) == []


def test_making_topics_twice_makes_nothing_the_second_time(topics: Topics) -> None:
    assert asyncio.run(create_topics(topics())) == []


def test_every_missing_topic_is_told(kafka: Kafka) -> None:
    settings = Settings(kafka_bootstrap_servers=kafka.bootstrap, topic_prefix="absent.")
    told = {str(difference) for difference in asyncio.run(topic_differences(settings))}
    assert told == {f"{plan.name} is missing" for plan in planned_topics(settings)}


def test_other_partitions_and_windows_are_told_and_mended(topics: Topics) -> None:
    changed = other(topics(partitions=2), partitions=3, teaser_window_days=2.0)
    told = [str(difference) for difference in asyncio.run(topic_differences(changed))]
    assert f"{changed.topic('teasers')}: retention.ms is 2592000000, should be 172800000" in told
    assert f"{changed.topic('pages')}: partitions is 2, should be 3" in told
    assert asyncio.run(mend_topics(changed)) == []


def test_what_others_configured_on_a_topic_stays_when_it_is_mended(topics: Topics) -> None:
    settings = topics(partitions=1)
    name = settings.topic("teasers")

    async def scenario() -> str:
        async with admin_client(settings) as admin:
            own = {"cleanup.policy": "delete", "max.message.bytes": "123456"}
            await set_configuration(admin, name, own)
            await mend_topics(settings)
            [answer] = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, name)])
        entries = answer.to_object()["resources"][0]["config_entries"]
        return str({entry["config_names"]: entry["config_value"] for entry in entries}["max.message.bytes"])

    assert asyncio.run(scenario()) == "123456"
    assert asyncio.run(topic_differences(settings)) == []


def test_partitions_cannot_be_taken_away_and_that_is_told(topics: Topics) -> None:
    left = asyncio.run(mend_topics(other(topics(partitions=2), partitions=1)))
    assert {difference.what for difference in left} == {"partitions"}


def test_a_worker_without_its_topic_is_told_the_command(kafka: Kafka) -> None:
    settings = Settings(kafka_bootstrap_servers=kafka.bootstrap, topic_prefix="absent.")
    with pytest.raises(TopicsError, match=r"no topic absent\.pages, absent\.sightings.*broadsheet topics create"):
        asyncio.run(require_topics(settings, ["pages", "sightings"]))


def test_a_worker_with_uneven_site_topics_is_told_the_command(topics: Topics) -> None:
    settings = topics(partitions=2)

    async def grow() -> None:
        async with admin_client(settings) as admin:
            await admin.create_partitions({settings.topic("teasers"): NewPartitions(4)})
            await until_visible(admin, {settings.topic("teasers"): 4})

    asyncio.run(grow())
    with pytest.raises(TopicsError, match=r"has 4.*broadsheet topics create --mend.*--partitions 4"):
        asyncio.run(require_topics(settings, ["sightings", "teasers", "snippets"]))
    assert asyncio.run(require_topics(settings, ["pages", "sightings"])) == {"pages": 2, "sightings": 2}
    asyncio.run(mend_topics(other(settings, partitions=4)))
    assert asyncio.run(require_topics(settings, ["sightings", "teasers", "snippets"]))["snippets"] == 4


def test_the_command_tells_differences_and_exits_with_1(topics: Topics) -> None:
    settings = topics(partitions=2)
    flags = ["--kafka-bootstrap-servers", settings.kafka_bootstrap_servers, "--topic-prefix", settings.topic_prefix]
    runner = CliRunner()
    wrong = runner.invoke(topics_command, ["check", *flags, "--partitions", "3"], standalone_mode=False)
    assert wrong.return_value == 1
    assert "partitions is 2, should be 3" in wrong.output
    assert "broadsheet topics create --mend" in wrong.output
    right = runner.invoke(topics_command, ["check", *flags, "--partitions", "2"], standalone_mode=False)
    assert right.return_value == 0
