"""Of several failures the one that decides is told."""

import pytest
from aiokafka import errors

from workers.stream.failures import worst

FENCED = errors.ProducerFenced()
TOO_LARGE = errors.MessageSizeTooLargeError()
FORBIDDEN = errors.TopicAuthorizationFailedError({"letters"})
FOLLOWING = errors.InvalidTxnState()
LATE = errors.KafkaTimeoutError()


@pytest.mark.parametrize(
    ("found", "told"),
    [
        ([FOLLOWING], FOLLOWING),
        ([FOLLOWING, FORBIDDEN], FORBIDDEN),
        ([FORBIDDEN, TOO_LARGE], TOO_LARGE),
        ([FOLLOWING, TOO_LARGE, FENCED], FENCED),
        ([LATE, FOLLOWING], LATE),
    ],
)
def test_what_decides_goes_before_what_follows_from_it(found: list[BaseException], told: BaseException) -> None:
    assert worst(found) is told
