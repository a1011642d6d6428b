"""What the demo shows: progress while it runs, and the figures at the end."""

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from workers.cli.demo_tally import Tally

LONGEST_CELL = 60
"""Characters of a headline in a table: two columns of them fit a terminal."""

LONG_COLUMNS = ("headline", "text", "authors")


class ProgressReport:
    """A bar on a terminal; elsewhere a line each tenth of the way."""

    def __init__(self, console: Console, tally: Tally, total: int) -> None:
        self._console = console
        self._tally = tally
        self._total = total
        self._told = 0
        self._bar = Progress(
            TextColumn("  pages taken apart"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=console
        )
        self._task = self._bar.add_task("pages", total=total)

    def __enter__(self) -> "ProgressReport":
        if self._console.is_terminal:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._console.is_terminal:
            self._bar.stop()

    def update(self) -> None:
        """Show how many pages are accounted for now."""
        done = len(self._tally.done)
        if self._console.is_terminal:
            self._bar.update(self._task, completed=done)
        elif done * 10 // self._total > self._told:
            self._told = done * 10 // self._total
            self._console.print(f"  {done} of {self._total} pages taken apart")


def show_summary(console: Console, tally: Tally, gentle: set[str], fast: set[str]) -> None:
    """The figures, and what some of the records look like."""
    median, high = tally.latencies(gentle)
    seen, published = tally.teasers_seen, len(tally.teasers)
    figures = {
        "pages": f"{len(tally.published)} published, {len(tally.done)} accounted for",
        "articles": f"{len(tally.articles)} different, from {len(tally.article_pages)} pages",
        "teasers": f"{sum(seen.values())} seen, {published} published (each once a site and window)",
        "snippets": f"{sum(tally.snippets_seen.values())} seen, {len(tally.snippets)} published",
        "dead letters": _reasons(tally),
        "speed": f"{tally.rate(fast):.0f} pages/s, all at once",
        "latency": f"p50 {median * 1000:.0f} ms, p99 {high * 1000:.0f} ms from page to committed records, one by one",
    }
    for table in (_articles(tally), _teasers(tally), _snippets(tally)):
        if table.row_count:
            console.print()
            console.print(table)
    console.print("\n[bold]What came out[/bold]")
    for name, value in figures.items():
        console.print(f"  {name:<13} {value}", highlight=False, soft_wrap=True)


def _reasons(tally: Tally) -> str:
    if not tally.dead_letters:
        return "0"
    return ", ".join(f"{count} {reason}" for reason, count in sorted(tally.dead_letters.items()))


def _articles(tally: Tally) -> Table:
    table = _table("Articles (news.articles)", "site", "language", "headline", "words", "authors")
    for article in tally.articles.values():
        table.add_row(
            article.site, article.language, _cut(article.headline), str(article.word_count), ", ".join(article.authors)
        )
    return table


def _teasers(tally: Tally) -> Table:
    table = _table("Teasers (news.teasers)", "site", "placement", "headline", "seen")
    for teaser in sorted(tally.teasers, key=lambda teaser: -tally.teasers_seen[teaser.id])[:12]:
        table.add_row(teaser.site, teaser.placement, _cut(teaser.headline), str(tally.teasers_seen[teaser.id]))
    return table


def _snippets(tally: Tally) -> Table:
    table = _table("Snippets (news.snippets)", "site", "text", "cut off", "seen")
    for snippet in tally.snippets[:6]:
        seen = str(tally.snippets_seen[snippet.id])
        table.add_row(snippet.site, _cut(snippet.text), "yes" if snippet.truncated else "no", seen)
    return table


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for column in columns:
        # Where the terminal is too narrow, long texts take a second line and the rest stays whole.
        table.add_column(column, no_wrap=column not in LONG_COLUMNS)
    return table


def _cut(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"
