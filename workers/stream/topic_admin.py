"""Kafka's admin requests as topics need them, with the answers' error codes looked at (the client does not)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaConnectionError, for_code

from workers.settings import Settings
from workers.stream.connection import client_options, refusal

VISIBLE_SECONDS = 30.0
"""Brokers of a healthy cluster know of a new topic within a second."""

_TOPIC_ALREADY_EXISTS = 36

_SET_ON_THE_TOPIC = 1
"""Kafka's source code of a configuration that was set on the topic itself."""


class TopicsError(Exception):
    """The topics are not as the workers need them; str(error) says which, and the command that mends it."""


@asynccontextmanager
async def admin_client(settings: Settings) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**client_options(settings, "topics"))
    try:
        try:
            await admin.start()
        except KafkaConnectionError:
            raise await refusal(settings) from None
        yield admin
    finally:
        await admin.close()


async def partition_counts(admin: AIOKafkaAdminClient) -> dict[str, int]:
    """Every topic that this user sees. All are asked for: asking for one by name may make it, on careless clusters."""
    return {topic["topic"]: len(topic["partitions"]) for topic in await admin.describe_topics()}


async def until_visible(admin: AIOKafkaAdminClient, wanted: dict[str, int]) -> None:
    """Wait until topics show so many partitions."""

    async def visible() -> bool:
        counts = await partition_counts(admin)
        return all(counts.get(name, 0) >= partitions for name, partitions in wanted.items())

    names = ", ".join(wanted)
    await _wait_for(
        visible,
        f"Kafka agreed to make {names} but does not show it: this user may not see it, or look into the broker's log.",
    )


async def configurations(
    admin: AIOKafkaAdminClient, names: list[str], *, set_on_topic: bool = False
) -> dict[str, dict[str, str]]:
    """Topic -> configuration key -> value; only what was set on the topic itself, if asked."""
    if not names:
        return {}
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    result: dict[str, dict[str, str]] = {}
    for response in await admin.describe_configs(resources):
        for resource in response.to_object()["resources"]:
            raise_for([resource])
            result[resource["resource_name"]] = {
                entry["config_names"]: entry["config_value"]
                for entry in resource["config_entries"]
                if not set_on_topic or entry["config_source"] == _SET_ON_THE_TOPIC
            }
    return result


async def set_configuration(admin: AIOKafkaAdminClient, name: str, planned: dict[str, str]) -> None:
    """Set the planned keys. The request replaces all that is set on the topic, so what others set is sent along."""
    present = (await configurations(admin, [name], set_on_topic=True))[name]
    wanted = {**present, **planned}
    for response in await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, name, wanted)]):
        raise_for(response.to_object()["resources"])

    async def visible() -> bool:
        return wanted.items() <= (await configurations(admin, [name]))[name].items()

    await _wait_for(visible, f"Kafka agreed to configure {name} but does not show it; look into the broker's log.")


def raise_for(answers: Iterable[dict[str, object]]) -> None:
    """Kafka's answers carry error codes that the client does not look at. Somebody else being faster is no error."""
    for answer in answers:
        code = answer["error_code"]
        if code not in (0, _TOPIC_ALREADY_EXISTS):
            named = answer.get("topic") or answer.get("topic_name") or answer.get("resource_name") or "a topic"
            raise for_code(code)(f"{named}: {answer.get('error_message') or 'no reason given'}")


async def _wait_for(visible: Callable[[], Awaitable[bool]], complaint: str) -> None:
    """Brokers learn of a change shortly after the controller has agreed to it: not to wait is to read the old state."""
    deadline = asyncio.get_running_loop().time() + VISIBLE_SECONDS
    while not await visible():
        if asyncio.get_running_loop().time() > deadline:
            raise TopicsError(complaint)
        await asyncio.sleep(0.05)
