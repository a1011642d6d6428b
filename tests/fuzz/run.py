"""Fuzz one target with atheris: `python -m tests.fuzz.run page --inputs 1000000`.

An input that ends in anything but records or a documented error is written to the folder given by --crashes, and the
exit code is not 0. Seeds are made, not stored. atheris is installed by hand (`pip install atheris`): it has no wheels
for every platform, and nothing else needs it.
"""

import argparse
import sys
import tempfile
from pathlib import Path

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


def main() -> None:
    """Run until so many inputs have been tried, or one fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--longest", type=int, default=4096, help="bytes")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--crashes", type=Path, default=Path("fuzz-crashes"))
    options = parser.parse_args()
    import atheris

    with atheris.instrument_imports(include=["schemas", "workers"]):
        from tests.fuzz.targets import TARGETS
    target = TARGETS[options.target]
    options.crashes.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        corpus.mkdir()
        for number, seed in enumerate(target.seeds()):
            (corpus / str(number)).write_bytes(seed)
        dictionary = Path(folder) / "tokens"
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
            "-print_final_stats=1",
            str(corpus),
        ]
        atheris.Setup(arguments, target.run)
        atheris.Fuzz()


def _quoted(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
