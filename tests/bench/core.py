"""Processor time a page of the core and of the public extractors, side by side: `python -m tests.bench.core CORPORA`

The core is `process_page` and the encoding of every record, from the bytes of the page. Each round goes once through
all pages with each of them, in an order that turns; so what else the machine does in a round falls on all alike. A
ratio is the median of the rounds' ratios. What the core remembers of class names from earlier pages is
forgotten before each of its rounds: a page is never met with a memory of itself.
"""

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import click
import pyperf

from schemas import RawPage
from schemas.codec import encode
from tests.bench.figures import Figure, show
from workers.errors import PageError
from workers.pipeline import process_page
from workers.segment import markup_words

CORE = "broadsheet"
TARGETS = {"trafilatura": 0.30, "rs-trafilatura": 0.40}
"""At most this share of their time."""

Pages = list[tuple[str | None, bytes]]
Extractor = Callable[[str | None, bytes], object]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--corpus", default="body-fundus")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--output", type=Path, help="keep all values, for `pyperf compare_to`")
    options = parser.parse_args(arguments)
    show(figures(options.corpora, options.corpus, options.rounds, options.output))


def figures(corpora: Path, corpus: str = "body-fundus", rounds: int = 9, output: Path | None = None) -> list[Figure]:
    """The core's time a page, the peers', and the ratios."""
    pages = load(corpora, corpus)
    values = measured({CORE: broadsheet, **peers()}, pages, rounds)
    suite = pyperf.BenchmarkSuite([_benchmark(name, seconds) for name, seconds in values.items()])
    if output:
        suite.dump(str(output), replace=True)
    about = suite.get_benchmarks()[0].get_metadata()
    click.echo(f"{about.get('cpu_model_name', 'unknown processor')}, {about['platform']}, {about['python_version']}")
    click.echo(f"{len(pages)} pages of {corpus}, {rounds} rounds, processor time, one thread")
    click.echo(", ".join(f"{name} {version(name)}" for name in ("trafilatura", "rs-trafilatura", "resiliparse")))
    found = []
    for benchmark in suite.get_benchmarks():
        name, median = benchmark.get_name(), benchmark.median()
        spread = benchmark.median_abs_dev() / median
        found.append(Figure(f"{name}: a page", 1e3 * median, "ms", note=f"± {spread:.0%} between rounds"))
    for name, seconds in values.items():
        if name != CORE:
            ratios = [ours / theirs for ours, theirs in zip(values[CORE], seconds, strict=True)]
            found.append(Figure(f"core / {name}", statistics.median(ratios), at_most=TARGETS.get(name)))
    return found


def load(corpora: Path, corpus: str) -> Pages:
    """Address and bytes of every page of a corpus."""
    pages: Pages = []
    for line in (corpora / f"{corpus}.jsonl").read_text("utf-8").splitlines():
        page = json.loads(line)
        path = next((corpora / f"{corpus}-html").glob(f"{page['id']}.html*"))
        body = path.read_bytes()
        pages.append((page.get("url"), gzip.decompress(body) if path.suffix == ".gz" else body))
    return pages


def measured(extractors: dict[str, Extractor], pages: Pages, rounds: int) -> dict[str, list[float]]:
    """Seconds a page of processor time, one value a round. One more round goes before, for what is loaded once."""
    values: dict[str, list[float]] = {name: [] for name in extractors}
    names = list(extractors)
    for number in range(rounds + 1):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            extract = extractors[name]
            markup_words.forget()
            started = time.process_time()
            for url, body in pages:
                extract(url, body)
            spent = time.process_time() - started
            if number:
                values[name].append(spent / len(pages))
    return values


def broadsheet(url: str | None, body: bytes) -> list[bytes]:
    """The core: every record of a page, encoded as for the topics."""
    try:
        records = process_page(RawPage(body=body, url=url, content_type="text/html"))
    except PageError:
        return []
    found = [encode(record) for record in (*records.teasers, *records.snippets)]
    return [encode(records.article), *found] if records.article else found


def peers() -> dict[str, Extractor]:
    """The public extractors, as their documentation calls them."""
    import resiliparse.extract.html2text as resiliparse_text
    import rs_trafilatura
    import trafilatura
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    def resiliparse(url: str | None, body: bytes) -> object:
        tree = HTMLTree.parse_from_bytes(body, detect_encoding(body) or "utf-8")
        return resiliparse_text.extract_plain_text(tree, main_content=True)

    return {
        "trafilatura": lambda url, body: trafilatura.extract(body, url=url, fast=True),
        "trafilatura with metadata": lambda url, body: trafilatura.extract(
            body, url=url, fast=True, with_metadata=True, output_format="json"
        ),
        "rs-trafilatura": lambda url, body: rs_trafilatura.extract_bytes(body, url=url),
        "resiliparse": resiliparse,
    }


def _benchmark(name: str, seconds: list[float]) -> pyperf.Benchmark:
    metadata = {"name": name, "unit": "second"}
    return pyperf.Benchmark([pyperf.Run(seconds, metadata=metadata, collect_metadata=True)])


if __name__ == "__main__":
    main()
