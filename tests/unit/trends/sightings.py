"""Made-up sightings, and a model that counts them the long way round."""

from collections import Counter

from workers.trends.reading import Shown, Sighted

MINUTE = 60_000
START = 1_741_075_200_000
"""8:00 on a Tuesday, where a pane and an hour begin."""


def identity(headline: str) -> bytes:
    return headline.encode().rjust(16, b"\0")


def sighted(minutes: float, *headlines: str, site: str | None = "a.example", page: str = "/") -> Sighted:
    """A page that shows these teasers in this order so many minutes after START."""
    teasers: dict[bytes, list[Shown]] = {}
    for position, headline in enumerate(headlines):
        shown = Shown(id=identity(headline).hex(), headline=headline, placement="list", position=position)
        teasers.setdefault(identity(headline), []).append(shown)
    return Sighted(site, f"https://{site}{page}", START + round(minutes * MINUTE), teasers)


def counted(records: list[Sighted], lateness_minutes: int) -> dict[tuple[str, int, int], Counter[str]]:
    """(site, end, seconds) -> sightings by teaser id, of every window that closes; what is late does not count."""
    found: dict[tuple[str, int, int], Counter[str]] = {}
    latest = due = -1
    for record in records:
        begin = record.milliseconds // 600_000 * 600
        if record.site is not None and (latest < 0 or begin + 600 > due):
            for end in range(begin + 600, begin + 4200, 600):
                for seconds in (600, 3600):
                    if end - seconds <= begin:
                        tally = found.setdefault((record.site, end, seconds), Counter())
                        tally.update({one.hex(): len(shown) for one, shown in record.teasers.items()})
        latest = max(latest, record.milliseconds)
        due = max(due, (latest - lateness_minutes * MINUTE) // 600_000 * 600)
    return {place: tally for place, tally in found.items() if tally and place[1] <= due}
