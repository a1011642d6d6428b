"""How long stories stay on a front page, from `news.sightings`, as a PNG (needs matplotlib).

front_page.py --page https://news.example/ [--bootstrap HOST:PORT] [--topic NAME] [--out front-page.png]
"""

import argparse
import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from textwrap import fill, shorten

from aiokafka import AIOKafkaConsumer
from matplotlib import dates
from matplotlib.figure import Figure

from schemas import Sightings
from schemas.codec import decode, format_of

MOST_SHOWN = 25
"""Stories in the picture: more rows cannot be read."""

LABEL_WIDTH = 46
"""Characters in a line of a headline; two lines fit into a row."""


@dataclass
class Stay:
    """A story's time on the page."""

    headline: str
    seen: list[tuple[datetime, int]] = field(default_factory=list)
    """When the page was fetched, and how many teasers stood above this one."""

    @property
    def hours(self) -> float:
        """From the first to the last time that it was seen."""
        return (self.seen[-1][0] - self.seen[0][0]).total_seconds() / 3600


async def read_sightings(bootstrap: str, topic: str) -> list[Sightings]:
    """Everything that is committed on the topic now."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=bootstrap, isolation_level="read_committed")
    async with consumer:
        # Without a group a consumer has all partitions of its topic.
        partitions = sorted(consumer.assignment())
        ends = await consumer.end_offsets(partitions)
        for partition, start in (await consumer.beginning_offsets(partitions)).items():
            consumer.seek(partition, start)
        found = []
        for partition in partitions:
            while await consumer.position(partition) < ends[partition]:
                for records in (await consumer.getmany(timeout_ms=500)).values():
                    for record in records:
                        headers = {name: value.decode() for name, value in record.headers}
                        found.append(decode(record.value, Sightings, format_of(headers.get("content-type"))))
        return found


def stays_on(page: str, sightings: Iterable[Sightings]) -> list[Stay]:
    """The stories that the page has shown, the first seen first; of one that stood there twice, the higher place."""
    stays: dict[str, Stay] = {}
    dated = [(datetime.fromisoformat(one.seen_at), one) for one in sightings if one.page_url == page and one.seen_at]
    for seen_at, sighting in sorted(dated, key=lambda pair: pair[0]):
        # A page's teasers are in its order.
        for place, teaser in enumerate(sighting.teasers):
            seen = stays.setdefault(teaser.id, Stay(teaser.headline)).seen
            if not seen or seen[-1][0] != seen_at:
                seen.append((seen_at, place))
    return list(stays.values())


def draw(page: str, stays: list[Stay], out: str) -> None:
    """One row a story, from its first to its last sighting; the darker a dot, the higher the story stood."""
    shown = sorted(sorted(stays, key=lambda stay: -stay.hours)[:MOST_SHOWN], key=lambda stay: stay.seen[0][0])
    lowest = max(position for stay in shown for _, position in stay.seen)
    figure = Figure(figsize=(10, 1.2 + 0.36 * len(shown)), layout="constrained")
    axes = figure.add_subplot()
    for row, stay in enumerate(shown):
        times = [float(dates.date2num(time)) for time, _ in stay.seen]
        axes.plot([times[0], times[-1]], [row, row], color="#d8c3b5", linewidth=5, solid_capstyle="round", zorder=1)
        heights = [lowest - position for _, position in stay.seen]
        axes.scatter(times, [row] * len(times), c=heights, cmap="OrRd", vmin=-lowest / 2, vmax=lowest, s=22, zorder=2)
    # Headlines are data: no "$" in them is a formula.
    labels = [fill(shorten(stay.headline, 2 * LABEL_WIDTH, placeholder="…"), LABEL_WIDTH) for stay in shown]
    axes.set_yticks(range(len(shown)), labels, parse_math=False)
    axes.invert_yaxis()
    axes.xaxis_date("UTC")
    axes.xaxis.set_major_formatter(dates.DateFormatter("%H:%M\n%d %b"))
    axes.set_title(f"On {page} (the darker, the higher)", loc="left", fontsize=11, parse_math=False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    figure.savefig(out, dpi=90)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--page", required=True, help="address of the front page, as the crawler has it")
    parser.add_argument("--bootstrap", default=os.environ.get("BROADSHEET_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:9092"))
    parser.add_argument("--topic", default="news.sightings")
    parser.add_argument("--out", default="front-page.png")
    given = parser.parse_args()
    found = stays_on(given.page, asyncio.run(read_sightings(given.bootstrap, given.topic)))
    if not found:
        raise SystemExit(f"{given.topic} has no sightings of {given.page}: publish it several times a day.")
    for stay in found:
        print(f"{stay.hours:6.1f} h  {stay.headline}")
    draw(given.page, found, given.out)
