"""Cross-validated quality by publisher, beside the peers' figures: python -m tests.quality.run CORPORA

Trains the folds' models (about half an hour on two cores), scores every page and its renderings as flat text with
models that saw no page of its publisher, compares with the floors in floors.json and exits 1 if one is broken, naming
the pages that got worse.
"""

import argparse
import json
import sys
from pathlib import Path

from tests.quality.scorer import Row, rows
from tests.train import text_scorer, text_train
from tests.train.html_pages import prepare
from tests.train.html_train import train
from tests.train.text_examples import examples
from tests.train.text_pages import taught

FLOORS = Path(__file__).with_name("floors.json")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--worst", type=int, default=0, help="name the N worst pages of each corpus")
    parser.add_argument(
        "--raise-floors", action="store_true", help="store what was reached as the new floors; never lowers one"
    )
    arguments = parser.parse_args()
    pages = prepare(arguments.corpora)
    train(pages, arguments.threads, final=False)
    reached = rows(arguments.corpora, pages, arguments.worst)
    made = examples(taught(arguments.corpora), arguments.corpora)
    text_train.train(made, arguments.threads, final=False)
    reached |= text_scorer.rows(arguments.corpora, made, arguments.worst)
    peers = json.loads((arguments.corpora / "peers.json").read_text())
    floors: dict[str, Row] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    broken = report(reached, peers, floors)
    if arguments.raise_floors and not broken:
        FLOORS.write_text(json.dumps(raised(floors, reached), indent=1, sort_keys=True) + "\n")
    return 1 if broken else 0


# Where more is worse.
_LOWER_IS_BETTER = {"mistaken"}
_NOT_QUALITY = {"pages", "ms_per_page"}
SLACK = 0.002
"""Training on another machine moves a figure by about this much."""


def report(reached: dict[str, Row], peers: dict[str, dict[str, Row]], floors: dict[str, Row]) -> list[str]:
    """Print each row beside the peers'; returns the floors that are broken."""
    broken = []
    for corpus, row in reached.items():
        sys.stdout.write(f"{corpus:12} {_line(row)}\n")
        for peer, figures in peers.get(corpus, {}).items():
            sys.stdout.write(f"{'':14}{peer}: {_line(figures)}\n")
        for name, floor in floors.get(corpus, {}).items():
            short = row[name] - floor if name not in _LOWER_IS_BETTER else floor - row[name]
            if short < -(SLACK if name not in _LOWER_IS_BETTER else SLACK * 100):
                broken.append(f"{corpus} {name}: {row[name]:.4f}, floor {floor:.4f}")
    for line in broken:
        sys.stdout.write(f"BELOW THE FLOOR {line}\n")
    return broken


def raised(floors: dict[str, Row], reached: dict[str, Row]) -> dict[str, Row]:
    """The better of floor and figure for every measure."""
    result: dict[str, Row] = {}
    for corpus, row in reached.items():
        old = floors.get(corpus, {})
        result[corpus] = {
            name: (min if name in _LOWER_IS_BETTER else max)(value, old.get(name, value))
            for name, value in row.items()
            if name not in _NOT_QUALITY
        }
    return result


def _line(row: Row) -> str:
    return "  ".join(f"{name} {value:.4g}" for name, value in row.items())


if __name__ == "__main__":
    raise SystemExit(main())
