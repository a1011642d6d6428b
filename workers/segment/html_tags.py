"""The HTML elements by what they do to a block of text."""

# Tags that features tell apart; every other block-level tag counts as "div". The order is part of the trained model.
TAGS = (
    "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "section", "article", "aside", "main", "nav",
    "header", "footer", "figure", "figcaption", "blockquote", "td", "th", "tr", "table", "dl", "dt", "dd", "form",
    "button", "details", "summary", "pre", "a", "address", "fieldset", "img", "body", "custom",
)  # fmt: skip
TAG_CODE = {tag: code for code, tag in enumerate(TAGS)}

# What browsers display as a block by default, plus the few whose text never runs on with its neighbours.
BLOCK_LEVEL = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "noscript",
    ]
)
# What holds no text for a reader.
SKIPPED = frozenset(
    ["style", "template", "svg", "math", "iframe", "object", "canvas", "textarea", "select", "audio", "video"]
)
# Inline elements that say something about the text in them. The order is part of the trained model.
INLINE_HINTS = (
    "a",
    "strong",
    "b",
    "em",
    "i",
    "span",
    "time",
    "small",
    "u",
    "label",
    "cite",
    "mark",
    "font",
    "sup",
    "br",
)
INLINE_BIT = {tag: 1 << bit for bit, tag in enumerate(INLINE_HINTS)}
BLOCK_CODE = {tag: TAG_CODE.get(tag, 0) for tag in BLOCK_LEVEL}
"""Code of every block-level tag."""
