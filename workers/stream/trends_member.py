"""A trends worker's time in its consumer group: a Faust application from its start to its first failure."""

import asyncio
import contextlib
import socket
from typing import Any

from aiokafka.errors import KafkaError
from faust.types import TP, StreamT

from workers.observe.events import PartitionsAssigned
from workers.stream.health import STALL_SECONDS
from workers.stream.partition import Scene, together
from workers.stream.trends_gaps import Gaps
from workers.stream.trends_kafka import App
from workers.stream.trends_table import StatesTable
from workers.stream.trends_view import PATH, TrendsView
from workers.stream.trends_work import COMMIT_SECONDS, TrendsWork
from workers.trends.state import State

_LAG_SECONDS = 5.0
"""How often the end of each partition is asked for: half of what a scrape every 15 s would notice."""

_LOOK_SECONDS = 0.1

_LEAVE_SECONDS = 4.0
"""Faust may wait for a broker that does not answer; what it would still do is not needed."""

_BUFFERED_RECORDS = 512
"""What Faust holds ready for the agent: sightings of some kilobytes each."""


class FaustFailedError(KafkaError):  # type: ignore[misc] # aiokafka ships no types
    """Faust has given up, or stands still: the group has to be joined anew."""


class TrendsMember:
    """Runs the application."""

    def __init__(self, scene: Scene, listening: socket.socket, gaps: Gaps) -> None:
        """listening: where the view is served; it stays open. gaps: kept over memberships."""
        self._scene = scene
        self._app = _application(scene, listening)
        self._table = _table(self._app, scene, self._recovered, self._fail)
        self._work = TrendsWork(scene, self._app, self._table, gaps)
        self._owned: set[int] = set()
        self._failure: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._app.agent(self._app.bytes_of("sightings"), name="count")(self._agent())
        self._app.page(PATH, name="trends")(type("TrendsView", (TrendsView,), {"table": self._table}))

    async def run(self) -> None:
        """Be a member until cancelled. Raises what goes wrong."""
        self._scene.health.not_ready("joining the group")
        try:
            await together(self._serve(), self._first_failure(), self._commit(), self._stay_awake(), self._watch_lag())
        finally:
            self._scene.health.not_ready("left the group")
            self._show_lag({})
            await self._leave()

    def _agent(self) -> Any:
        async def count(stream: StreamT[bytes]) -> None:
            """Counts sightings. What goes wrong ends the membership: Faust would drop the record and go on."""
            async for event in stream.events():
                try:
                    await self._work.take(event.message)
                except Exception as error:  # it is raised by _first_failure()
                    self._fail(error)

        return count

    async def _serve(self) -> None:
        await self._app.start()
        await self._app.wait_until_stopped()
        raise self._app.crash_reason or FaustFailedError("the application has stopped")

    async def _leave(self) -> None:
        stopping = asyncio.ensure_future(self._app.stop())
        await asyncio.wait([stopping], timeout=_LEAVE_SECONDS)
        stopping.cancel()
        with contextlib.suppress(Exception, asyncio.CancelledError):
            await stopping
        self._app.view_socket.close()

    async def _commit(self) -> None:
        while True:
            await asyncio.sleep(COMMIT_SECONDS)
            if self._owned:
                await self._work.commit()

    async def _stay_awake(self) -> None:
        """Notices when the process was asleep, and what goes wrong in the group, which Faust does not look for."""
        while True:
            self._work.stay_awake()
            consumer = getattr(getattr(self._app.consumer, "_thread", None), "_consumer", None)
            if consumer is not None and consumer._coordinator is not None:
                consumer._coordinator.check_errors()
            await asyncio.sleep(_LOOK_SECONDS)

    async def _watch_lag(self) -> None:
        """Measures how far behind each partition is; tells idle from stuck."""
        while True:
            await asyncio.sleep(_LAG_SECONDS)
            if self._scene.health.stalled_seconds() > 2 * STALL_SECONDS:
                self._scene.health.progress("the application was replaced")
                raise FaustFailedError("records are waiting and none is counted")
            if self._owned:
                await self._measure_lag(set(self._owned))

    async def _measure_lag(self, partitions: set[int]) -> None:
        topic = self._scene.settings.topic("sightings")
        places = {number: TP(topic, number) for number in partitions}
        consumer: Any = self._app.consumer
        ends = await consumer.highwaters(*places.values())
        lags: dict[int, int] = {}
        for number, place in places.items():
            # Markers of transactions are passed over without a record: the position is what tells that nothing waits.
            if place not in consumer.assignment():
                return  # they are being given away
            position = await consumer.position(place) or 0
            lags[number] = max(0, (ends[place] or 0) - position) + self._work.pending(number)
            if lags[number] == 0:
                self._work.nothing_waits(number)
        self._show_lag(lags)
        if not any(lags.values()):
            self._scene.health.progress("there is nothing to do")

    def _show_lag(self, lags: dict[int, int]) -> None:
        gauge = self._scene.observer.metrics.consumer_lag
        gauge.clear()
        for number, lag in lags.items():
            gauge.labels(self._scene.settings.topic("sightings"), number).set(lag)

    def _recovered(self, partitions: set[int], rebuilt: set[int]) -> None:
        self._owned = partitions
        self._work.owned(partitions, rebuilt)
        self._scene.observer.emit(PartitionsAssigned(sorted(partitions)))
        self._scene.health.progress("open windows have been read back")
        self._scene.health.ready()

    def _fail(self, error: BaseException) -> None:
        if not self._failure.done():
            self._failure.set_exception(error)

    async def _first_failure(self) -> None:
        await self._failure


def _application(scene: Scene, listening: socket.socket) -> App:
    settings = scene.settings
    app = App(
        settings.trends_group,
        broker="kafka://" + settings.kafka_bootstrap_servers.replace(",", ";kafka://"),
        store="memory://",
        broker_session_timeout=settings.session_timeout_seconds,
        broker_client_id="broadsheet-trends",
        topic_allow_declare=False,
        topic_disable_leader=True,
        stream_wait_empty=False,
        stream_buffer_maxsize=_BUFFERED_RECORDS,
        table_standby_replicas=0,
        web_bind=settings.http_host,
        web_host=settings.http_host,
        web_port=listening.getsockname()[1],
    )
    app.settings = settings
    app.view_socket = listening.dup()
    return app


def _table(app: App, scene: Scene, recovered: Any, failed: Any) -> StatesTable:
    state = app.bytes_of("trends-state")
    table = StatesTable(app, name="trends", key_type=bytes, value_type=bytes, changelog_topic=state)
    table.new_state = lambda: State(scene.settings.trends_lateness_seconds)
    table.observer = scene.observer
    table.progress = scene.health.progress
    table.recovered = recovered
    table.failed = failed
    app.tables.add(table)
    return table
