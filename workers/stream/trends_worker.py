"""The trends worker: sightings in; what each site pushes, where and for how long, at the end of each window out."""

import asyncio

from aiokafka.errors import KafkaError

from workers.observe.events import MembershipRestarted, ViewListening
from workers.settings import Settings
from workers.stream.failures import Verdict, problem, verdict
from workers.stream.partition import Scene
from workers.stream.service import CannotListenError, run_worker
from workers.stream.trends_gaps import Gaps
from workers.stream.trends_member import TrendsMember
from workers.stream.trends_view import listen

TOPICS = ("sightings", "trends", "trends-state", "dead-letters")

_FIRST_WAIT_SECONDS = 0.5
_LONGEST_WAIT_SECONDS = 30.0


async def run_trends_worker(settings: Settings) -> int:
    """Run until told to stop; returns the exit code."""
    return await run_worker(settings, "trends", settings.trends_group, TOPICS, follow_trends)


async def follow_trends(scene: Scene) -> None:
    """Be a trends worker until cancelled. Raises what cannot be mended here."""
    host, port = scene.settings.http_host, scene.settings.trends_view_port
    try:
        listening = listen(host, port)
    except OSError as error:
        raise CannotListenError(f"cannot listen on {host}:{port}: {error.strerror}") from error
    with listening:
        scene.observer.emit(ViewListening(host, listening.getsockname()[1]))
        wait_seconds = _FIRST_WAIT_SECONDS
        gaps = Gaps(scene.observer)
        while True:
            begun = asyncio.get_running_loop().time()
            try:
                await TrendsMember(scene, listening, gaps).run()
            except (KafkaError, TimeoutError, OSError) as error:
                if verdict(error) is Verdict.GIVE_UP:
                    raise
                if asyncio.get_running_loop().time() - begun > _LONGEST_WAIT_SECONDS:
                    wait_seconds = _FIRST_WAIT_SECONDS
                scene.observer.emit(MembershipRestarted(problem(error), wait_seconds))
                await asyncio.sleep(wait_seconds)
                wait_seconds = min(2 * wait_seconds, _LONGEST_WAIT_SECONDS)
