"""What a failure means for a worker: try again, let go of the partition, or give up."""

from collections.abc import Sequence
from enum import Enum

from aiokafka import errors

from workers.stream.nursery import ChildrenCannotStartError
from workers.stream.topics import TopicsError

PERMANENT = (
    errors.AuthenticationFailedError,
    errors.AuthenticationMethodNotSupported,
    errors.SaslAuthenticationFailed,
    errors.UnsupportedSaslMechanismError,
    errors.ClusterAuthorizationFailedError,
    errors.GroupAuthorizationFailedError,
    errors.TopicAuthorizationFailedError,
    errors.TransactionalIdAuthorizationFailed,
    errors.InvalidGroupIdError,
    errors.InvalidSessionTimeoutError,
    errors.InconsistentGroupProtocolError,
    errors.IncompatibleBrokerVersion,
    errors.UnsupportedVersionError,
    TopicsError,
    ChildrenCannotStartError,
)
"""Kafka says no, and will say no again; somebody has to change something."""

FENCED = (errors.ProducerFenced, errors.InvalidProducerEpoch)
"""Another producer has our transactional id: the partition is another worker's."""

TOO_LARGE = (errors.MessageSizeTooLargeError, errors.RecordListTooLargeError)


def worst(found: Sequence[BaseException]) -> BaseException:
    """Of a transaction's failures the one that decides what happens next.

    Being fenced goes before being too large, that before what nobody will allow, and all of these before what only
    follows from them: a record that is refused ends the transaction, and the next is told only that there is none.
    """
    ranked = (failure for kind in (FENCED, TOO_LARGE, PERMANENT) for failure in found if isinstance(failure, kind))
    return next(ranked, found[0])


class Verdict(Enum):
    """What to do about a failure."""

    RETRY = "retry"
    LEAVE = "leave"
    GIVE_UP = "give up"


def verdict(error: BaseException) -> Verdict:
    """What to do about a failure of Kafka, a client or the pool. Bugs of ours are for the caller to raise on."""
    if isinstance(error, PERMANENT):
        return Verdict.GIVE_UP
    return Verdict.LEAVE if isinstance(error, FENCED) else Verdict.RETRY


def problem(error: BaseException) -> str:
    """An error in one line for a log."""
    name, text = type(error).__name__, str(error).strip()
    # aiokafka's errors name themselves.
    return text if text.startswith(name) else f"{name}: {text}" if text else name
