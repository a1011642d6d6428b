"""From a flattened page's probabilities to one role a block, with what only a sequence can say."""

import numpy as np
from numpy.typing import NDArray

from workers.segment.block_roles import numbers
from workers.segment.page import Block, Role
from workers.segment.text_tokens import Floats

Bools = NDArray[np.bool_]

LEAST_STORY = 0.5
"""Below this the page is taken to hold no story: what reads like one is a promo's summary, a snippet or chrome. Between
.4 and .6 (cross-validated) each tenth wins a section page of ten and loses one story of sixty without blank lines."""
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
    summary, snippet = probabilities[:, Role.TEASER_SUMMARY], probabilities[:, Role.SNIPPET]
    roles = [_ROLES[value] for value in (probabilities * _WEIGHT).argmax(axis=1).tolist()]
    for at in np.flatnonzero(summary + snippet > (probabilities * _RIVAL).max(axis=1)).tolist():
        headed = _under_headline(roles, at) or _claims_headline(roles, probabilities, at)
        roles[at] = Role.TEASER_SUMMARY if headed and summary[at] >= snippet[at] else Role.SNIPPET
    return roles


_WEIGHT = np.array([1, 1, 1.25, 0, 1, 1, 1, 1, 0], dtype=np.float32)
"""By Role, what a probability counts where the block is neither summary nor snippet: chrome is so common that it wins
ties against a promo's headline."""
_RIVAL = np.array([0.5, 1.5, 1, 0, 1, 1, 1, 1, 0], dtype=np.float32)
"""By Role, what it counts against the block's being either. Cross-validated, a quarter more bare pieces are found than
with chrome in full; a story's paragraph, which costs more when missed, is told from a promo's summary."""
_ROLES = list(Role)


def _under_headline(roles: list[Role], at: int) -> bool:
    """Whether the nearest block above that is no chrome belongs to a promo, and is near enough."""
    for role in reversed(roles[max(0, at - _REACH) : at]):
        if role is not Role.CHROME:
            return role is Role.TEASER_HEADLINE or role is Role.TEASER_SUMMARY
    return False


_LEAST_HEADLINE, _CLAIM = 0.2, 5.0
"""What the line above a summary must be to be taken for its headline: this likely one, and the two as headline and
summary so many times likelier than as what they seem to be and a bare piece of news."""


def _claims_headline(roles: list[Role], probabilities: Floats, at: int) -> bool:
    """Whether the block is so surely a summary that the line above, made one by this, is its headline."""
    above = at - 1
    if above < 0 or roles[above] not in (Role.CHROME, Role.BODY):
        return False
    headline = probabilities[above, Role.TEASER_HEADLINE]
    as_pair = headline * probabilities[at, Role.TEASER_SUMMARY]
    apart = probabilities[above, roles[above]] * probabilities[at, Role.SNIPPET]
    if headline < _LEAST_HEADLINE or as_pair < _CLAIM * apart:
        return False
    roles[above] = Role.TEASER_HEADLINE
    return True


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


_LEAST_WORDS = 100
"""Of the story above: a heading of comments further up is the link that leads to them. With that the body comes nearer
to the truth on 24 renderings of 1,250, and further from it on 4."""


def above_comments(roles: list[Role], words: Floats, comments: Bools) -> list[Role]:
    """What reads like the story and stands under the heading of its comments ("12 comments") is readers' prose: chrome.

    comments tells which blocks are such a heading as a whole.
    """
    read = np.cumsum(words * (numbers(roles) == Role.BODY))
    headings = [at for at in np.flatnonzero(comments).tolist() if roles[at] is Role.CHROME and read[at] >= _LEAST_WORDS]
    if not headings:
        return roles
    first, body, chrome = headings[0], Role.BODY, Role.CHROME
    return roles[:first] + [chrome if role is body else role for role in roles[first:]]


_NEAR = 3
_AFTER, _BEFORE = 0.75, 0.5
"""Of the likeliest headline's probability, what a line up to _NEAR lines below or above needs to be it instead."""


def with_one_headline(blocks: list[Block], probabilities: Floats) -> Floats:
    """The probabilities (blocks x roles) with the likeliest headline's in the place of the line that is the headline.

    Over the headline there is often a title that reads like one (a breadcrumb, the address line of a browser), below it
    a sub-heading. A sub-heading is what the story follows at once; between headline and story stand names and dates.
    A line that stands on the page twice is furniture.
    """
    roles = [block.role for block in blocks]
    score = probabilities[:, Role.HEADLINE]
    best = int(np.argmax(score))
    if _opens_story(roles, best):
        near = [at for at in range(max(0, best - _NEAR), best) if score[at] >= _BEFORE * score[best]]
        near = [at for at in near if not _opens_story(roles, at)][:1]
    else:
        near = [at for at in range(best + 1, min(len(roles), best + 1 + _NEAR)) if score[at] >= _AFTER * score[best]]
        texts = [block.text for block in blocks] if near else []
        near = [at for at in near if not _opens_story(roles, at) and texts.count(texts[at]) == 1][-1:]
    if not near:
        return probabilities
    result = probabilities.copy()
    result[[best, near[0]], Role.HEADLINE] = score[[near[0], best]]
    return result


def _opens_story(roles: list[Role], at: int) -> bool:
    return at + 1 < len(roles) and roles[at + 1] is Role.BODY
