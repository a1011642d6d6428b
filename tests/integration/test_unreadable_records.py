"""A record that the client library cannot read must not stop a partition for ever."""

import asyncio

from tests.auditing import clean_audit, everything_is_done
from tests.conftest import StartBoth, Topics
from tests.foreign_client import publish, read_committed
from tests.unreadable_record import publish_unreadable
from tests.waiting import until


def test_a_header_whose_name_is_no_text_costs_its_page_alone(topics: Topics, start_both: StartBoth) -> None:
    settings = topics(partitions=1)
    start_both(settings)
    publish(settings, [(None, f"article: {number}".encode(), []) for number in range(5)])
    asyncio.run(publish_unreadable(settings, "pages"))
    publish(settings, [(None, f"article: {number}".encode(), []) for number in range(5, 10)])
    until(lambda: everything_is_done(settings))
    (letter,) = read_committed(settings, "dead-letters")
    assert letter.header("dead-letter-source") == f"{settings.topic('pages')}:0:5"
    assert letter.header("dead-letter-reason") == "bad-envelope"
    assert len(read_committed(settings, "sightings")) == 10
    clean_audit(settings, pages=11)
