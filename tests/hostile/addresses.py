"""Addresses that must not get into a record as they are, and the markup that offers them."""

BAD_ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " java\tscr\nipt:alert(1)",
    "&#106;avascript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript&colon;alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://news.example/x",
    "mailto:a@news.example",
    "blob:https://news.example/x",
    "view-source:https://news.example/",
    "https://user:password@news.example/x",
    "//user:password@news.example/x",
    "https://user@news.example:443/x",
    "http://[::1",
    "http://[::1]/x",
    "http://news.example:99999/x",
    "http://news.example:port/x",
    "https://",
    "https:///x",
    "//",
    "http://%00/x",
    "https://news.example/a b\r\nX-Injected: 1",
    "https://news.example/\u202egnp.exe",
    "https://xn--/x",
    "https://" + "a" * 300 + ".example/",
    "https://news.example/" + "a" * 100_000,
    "https://.../x",
    "?",
    "#top",
    "\\\\news.example\\x",
    "https:news.example/x",
    "%zz",
    "\ud800",
)


def cards_with(address: str) -> str:
    escaped = address.replace('"', "&quot;")
    return (
        f'<div class="card"><a href="{escaped}"><img src="{escaped}"><h3>Council votes on the ferry plan</h3></a>'
        f'<p>The council votes on Monday.</p></div><p><a href="{escaped}">link</a></p>'
    )


def sentence_with(address: str) -> str:
    escaped = address.replace('"', "&quot;")
    return (
        f'<p>The council said on Monday that <a href="{escaped}">the report of its engineers</a> would be published '
        "before the summer, and that nobody should expect it to answer every question.</p>"
    )
