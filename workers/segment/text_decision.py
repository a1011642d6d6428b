"""From a flattened page's probabilities to one role a block, with what only a sequence can say."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.page import Role
from workers.segment.text_tokens import Floats

Bools = NDArray[np.bool_]

LEAST_STORY = 0.5
"""Below this the page is taken to hold no story: what reads like one is a promo's summary, a snippet or chrome."""
_OWN = [int(role) for role in (Role.BODY, Role.HEADLINE, Role.DEK, Role.BYLINE, Role.CAPTION)]
_REACH = 4
"""A promo's summary stands at most so many blocks below its headline: label, author and date come between."""


def decide(probabilities: Floats, story: float) -> list[Role]:
    """The role of each block. story: how likely the page holds one.

    A summary needs its headline: what reads like one and has none above it is a bare piece of news, a snippet.
    """
    if story < LEAST_STORY:
        probabilities = probabilities.copy()
        probabilities[:, _OWN] = 0
    probabilities = probabilities.copy()
    bare = probabilities[:, Role.TEASER_SUMMARY] + probabilities[:, Role.SNIPPET]
    best = np.where(bare > probabilities[:, : Role.TEASER_SUMMARY].max(axis=1), -1, probabilities.argmax(axis=1))
    roles: list[Role] = []
    since = _REACH + 1
    for value, summary, snippet in zip(
        best.tolist(),
        probabilities[:, Role.TEASER_SUMMARY].tolist(),
        probabilities[:, Role.SNIPPET].tolist(),
        strict=True,
    ):
        since += 1
        if value == -1 or value in (Role.TEASER_SUMMARY, Role.SNIPPET):
            role = Role.TEASER_SUMMARY if since <= _REACH and summary >= snippet else Role.SNIPPET
            if role is Role.TEASER_SUMMARY:
                since = 0
        else:
            role = Role(value)
        if role is Role.TEASER_HEADLINE:
            since = 0
        elif role is not Role.CHROME and role is not Role.TEASER_SUMMARY:
            since = _REACH + 1
        roles.append(role)
    return roles


_SURE_BODY = 0.8
"""A paragraph this likely to be body stays body under a feed's heading: the story may go on below it."""


def under_feeds(roles: list[Role], probabilities: Floats, feed: Bools) -> list[Role]:
    """What stands under a feed's heading, after the story, is the feed's: bare pieces of news, if one of them is.

    feed tells which blocks are such a heading ("News Feed", "Latest") as a whole.
    """
    result = list(roles)
    for heading in np.flatnonzero(feed).tolist():
        if roles[heading] is not Role.CHROME or Role.BODY not in roles[:heading]:
            continue
        run = []
        for at in range(heading + 1, len(roles)):
            if roles[at] in (Role.BODY, Role.SNIPPET):
                run.append(at)
            elif roles[at] is not Role.CHROME or feed[at]:
                break
        body = [at for at in run if roles[at] is Role.BODY]
        if len(body) < len(run) and all(probabilities[at, Role.BODY] < _SURE_BODY for at in body):
            for at in body:
                result[at] = Role.SNIPPET
    return result
