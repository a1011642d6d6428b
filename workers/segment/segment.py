"""One page from text to roles: HTML and flattened text share everything after blocks."""

from workers.segment.assemble import Assembled, assemble
from workers.segment.block_roles import by_role
from workers.segment.confidence import calibrate, expected_f1
from workers.segment.decode import Decoded
from workers.segment.hidden_story import declared_story, state_story
from workers.segment.html_blocks import html_blocks
from workers.segment.html_features import HtmlFeatures
from workers.segment.html_features_base import Matrix
from workers.segment.html_labeller import decide, label
from workers.segment.html_layout import HtmlLayout
from workers.segment.html_tree import HtmlTree
from workers.segment.html_walk import walk
from workers.segment.inline_promos import with_announced
from workers.segment.page import Block, Role, Segmented
from workers.segment.page_context import PageContext, page_context
from workers.segment.repeats import without_repeats
from workers.segment.story_bounds import within_bounds
from workers.segment.text_assembly import segment_text


def segment(page: Decoded) -> Segmented:
    """Split a decoded page into blocks, judge each block's role and assemble story, promos and feed items."""
    if page.kind == "html":
        return _segment_html(page)
    return segment_text(page.text)


def _segment_html(page: Decoded) -> Segmented:
    tree = walk(page.text)
    context = page_context(tree.declared, page.url)
    found = segment_tree(tree, context)
    if found.story is None and "<noscript" in page.text:
        # A page that scripts would draw may hand the story to readers without them.
        plain = segment_tree(walk(page.text, with_noscript=True), context)
        if plain.story is not None:
            return plain
    return found


def segment_tree(tree: HtmlTree, context: PageContext) -> Segmented:
    """A walked page, judged and assembled; a story that no block holds is looked for in what the page declares."""
    found = Segmented("html", [], tree.declared, None, [], [])
    if tree.block_text:
        features = HtmlFeatures(tree, context)
        found = assemble_html(tree, features, *label(features), context)
    return fall_back(found, tree, context)


def fall_back(found: Segmented, tree: HtmlTree, context: PageContext) -> Segmented:
    """A story that no block holds is looked for in what the page declares, if it calls itself an article."""
    if found.story is None and context.is_article:
        found.story = declared_story(tree.declared, context) or state_story(tree.scripts)
    return found


def assemble_html(
    tree: HtmlTree, features: HtmlFeatures, probabilities: Matrix, story: float, context: PageContext
) -> Segmented:
    """Blocks with roles, and what they add up to, with confidence that means what it says.

    story: how likely the page holds one.
    """
    blocks, found, score = put_together(tree, features, probabilities, story, context)
    calibrate("html", found, score)
    return Segmented("html", blocks, tree.declared, found.story, found.promos, found.feed_items)


def put_together(
    tree: HtmlTree, features: HtmlFeatures, probabilities: Matrix, story: float, context: PageContext
) -> tuple[list[Block], Assembled, float]:
    """Blocks, what they add up to, and the story's score; confidence is the labeller's, not yet calibrated."""
    probabilities, words = with_announced(tree, features, probabilities), features.counts.words
    roles, probabilities = within_bounds(tree, decide(probabilities, story, words), probabilities, words)
    roles, probabilities = without_repeats(tree, roles, probabilities, words)
    blocks, standing = html_blocks(tree, roles, probabilities), by_role(roles)
    layout = HtmlLayout(tree, features, context, blocks, standing)
    found = assemble(blocks, probabilities, words, layout, standing)
    score = story * expected_f1(standing[Role.BODY], probabilities, words) if found.story is not None else 0.0
    return blocks, found, score
