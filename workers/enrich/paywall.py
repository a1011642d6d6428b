"""Whether a story is for those who pay: as the page declares it, or as it says where the visible text breaks off."""

from workers.enrich.phrases import holds_any
from workers.enrich.words import entries
from workers.segment.page import Block, Role

_PHRASES = entries("paywall_phrases")
# The box follows the last paragraph at once, or after a few promos and buttons.
_BLOCKS_BEHIND = 8
LONGEST_BLOCK = 200


def is_paywalled(is_free: bool | None, behind: list[Block]) -> bool | None:
    """True when part of the story is for subscribers, False when the page says that it is free, None when it says
    nothing.

    is_free is what the page declares (isAccessibleForFree), behind are the blocks after the story's last paragraph.
    """
    if is_free is not None:
        return not is_free
    near = behind[:_BLOCKS_BEHIND]
    texts = [block.text for block in near if block.role is Role.CHROME and len(block.text) <= LONGEST_BLOCK]
    text = "\n".join(texts).lower()
    return True if text and holds_any(text, _PHRASES) else None
