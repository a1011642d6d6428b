"""The blocks of a page as HTML: coloured by role, promos framed and numbered, each with the reasons for it."""

from collections.abc import Iterator
from itertools import groupby

from workers.cli.page_view_look import Card, Look, group_of
from workers.cli.page_view_markup import link_id, text
from workers.segment.page import Block, Role
from workers.segment.reasons import Reason, Verdict

_NAMES = {
    Role.BODY: "body",
    Role.TEASER_HEADLINE: "teaser",
    Role.TEASER_SUMMARY: "teaser's summary",
    Role.DEK: "standfirst",
}
"""Roles whose name in the code is not the word of the trade."""


def blocks(look: Look, page: str) -> Iterator[str]:
    """The blocks in order; those of one card that follow one another in one frame. page begins every id."""
    known: set[Card] = set()
    verdicts: list[Verdict | None] = [*look.verdicts] or [None] * len(look.segmented.blocks)
    rows = zip(range(len(verdicts)), look.segmented.blocks, verdicts, look.cards, strict=True)
    for card, group in groupby(rows, key=lambda row: row[3]):
        shown = [_block(f"{page}block-{at}", block, verdict, card is not None) for at, block, verdict, _ in group]
        if card is None:
            yield from shown
            continue
        # A card in two places of the page is one record: the first place is the one that its number leads to.
        anchor = "" if card in known else f" id={link_id(page, card)}"
        known.add(card)
        number = f'<a class=number href="#{link_id(page, card, record=True)}">{card.number}</a>'
        yield f'<section{anchor} class="numbered of-{card.kind} of-promo">{"".join(shown)}{number}</section>\n'


def _block(anchor: str, block: Block, verdict: Verdict | None, framed: bool) -> str:
    kind = block.role.name.lower().replace("_", "-")
    group = "" if framed else f" of-{group_of(block.role)}"
    return (
        f'<div id={anchor} class="block {kind}{group}" tabindex=-1>'
        f"<span class=role>{text(_name(block.role))} {block.confidence:.0%}</span>"
        f"<div class=text dir=auto>{text(block.text)}</div>{_why(block, verdict)}</div>\n"
    )


def _name(role: Role) -> str:
    return _NAMES.get(role) or role.name.lower().replace("_", " ")


def _why(block: Block, verdict: Verdict | None) -> str:
    parts = [f"<h3><b>{text(_name(block.role))}</b> {block.confidence:.0%}"]
    if verdict is not None:
        parts.append(f", next {text(_name(verdict.rival))} {verdict.rival_probability:.0%}")
    parts.append("</h3>")
    if verdict is not None and block.role is not verdict.judged:
        parts.append(f"<p>Looks like {text(_name(verdict.judged))}; what stands around it made it this.</p>")
    if verdict is not None:
        parts += [_reasons("The block itself", verdict.alone), _reasons("With what is around it", verdict.context)]
    for label, value in (("Element:", block.tag), ("Leads to", block.href), ("Picture:", block.image)):
        if value:
            parts.append(f"<p>{label} <bdi>{text(value)}</bdi></p>")
    return f"<div class=why role=note>{''.join(parts)}</div>"


def _reasons(heading: str, reasons: list[Reason]) -> str:
    if not reasons:
        return ""
    items = [f"<li class={'for' if one.push > 0 else 'against'}>{text(one.says)}</li>" for one in reasons]
    return f"<h4>{heading}</h4><ul>{''.join(items)}</ul>"
