"""Fuzz one target with atheris: `python -m tests.fuzz.run page --inputs 1000000`.

An input that ends in anything but records or a documented error is written to the folder given by --crashes, and the
exit code is not 0. Seeds are made, not stored. atheris is installed by hand (`pip install atheris`): it has no wheels
for every platform, and nothing else needs it.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SLICES = {"page": 10_000}
"""Inputs a process: the fuzzer itself keeps memory for everything that our code compares, with whole pages some 40 kB
an input, and becomes slow. The inputs that found something new are handed on."""

SLICE = 250_000
"""The same, for targets in which little of our code runs."""

TOKENS = (
    "<p>", "</p>", "<a href='", "<h1>", "<h2>", "<article>", "<div class='", "<li>", "<ul>", "<table>", "<td>",
    "<br>", "<script type='application/ld+json'>", "</script>", "<meta property='", "content='", "<time datetime='",
    "<base href='", "<link rel='canonical' href='", "<figcaption>", "<figure>", "<img src='", "alt='", "<svg>",
    "<math>", "<template>", "<noscript>", "itemprop='", "<!--", "-->", "<![CDATA[", "&amp;", "&#x", "&#0;",
    '{"@type": "NewsArticle"', '"@graph": [', '"author": ', '"articleBody": "', "\\ud800", "https://", "javascript:",
    "data:", "\u202e", "\u200d", "\u0301", "\ufeff", "2024-03-05", "10:00", "min read", "Read more: ", "By ",
    "Photo: ", "…", "WARC/1.0\r\n", "\r\n\r\n",
)  # fmt: skip
"""What libFuzzer puts into inputs beside what it finds itself."""


def main() -> int:
    """Run until so many inputs have been tried, or one fails; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--longest", type=int, default=4096, help="bytes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crashes", type=Path, default=Path("fuzz-crashes"))
    parser.add_argument("--slice-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.crashes.mkdir(parents=True, exist_ok=True)
    if options.slice_of is not None:
        fuzz(options, options.slice_of)
    with tempfile.TemporaryDirectory() as folder:
        return in_slices(options, Path(folder))


def in_slices(options: argparse.Namespace, folder: Path) -> int:
    """One process after another, each with what the ones before have found."""
    done, begun = 0, time.monotonic()
    most = SLICES.get(options.target, SLICE)
    while done < options.inputs:
        size = min(most, options.inputs - done)
        command = [
            *(sys.executable, "-m", "tests.fuzz.run", options.target, "--slice-of", str(folder)),
            *("--inputs", str(size), "--seed", str(options.seed + done // most)),
            *("--longest", str(options.longest), "--crashes", str(options.crashes)),
        ]
        code = subprocess.run(command, check=False).returncode
        if code:
            return code
        done += size
        found = len(list((folder / "corpus").iterdir()))
        sys.stdout.write(f"{options.target}: {done:,} inputs in {time.monotonic() - begun:.0f} s, {found:,} kept\n")
        sys.stdout.flush()
    return 0


def fuzz(options: argparse.Namespace, folder: Path) -> None:
    """A slice: never returns, since the fuzzer ends the process."""
    import atheris

    with atheris.instrument_imports(include=["schemas", "workers"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[options.target]
    corpus = folder / "corpus"
    if not corpus.exists():
        corpus.mkdir()
        for number, seed in enumerate(target.seeds()):
            (corpus / str(number)).write_bytes(seed)
    dictionary = folder / "tokens"
    dictionary.write_text("".join(f'"{_quoted(token)}"\n' for token in TOKENS))
    arguments = [
        sys.argv[0],
        f"-runs={options.inputs}",
        f"-max_len={options.longest}",
        f"-seed={options.seed}",
        f"-dict={dictionary}",
        f"-artifact_prefix={options.crashes}/{options.target}-",
        "-timeout=20",
        "-rss_limit_mb=2048",
        "-verbosity=0",
        str(corpus),
    ]
    atheris.Setup(arguments, target.run)
    atheris.Fuzz()


def _quoted(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    sys.exit(main())
