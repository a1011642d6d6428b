"""The README's blocks, typed by a new user into one shell, in order, in a fresh folder with a Kafka of its own."""

import re
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler

import pytest

from tests.conftest import REPOSITORY, Kafka, missing
from tests.http_site import serving
from tests.integration.new_user import BLOCK_SECONDS, Block, NewUser, blocks
from workers.settings import Settings

README = REPOSITORY / "README.md"
SAMPLES = REPOSITORY / "workers" / "cli" / "samples"
ENDING = "`kill %1 %2` and `broadsheet broker stop` end it"
BLOCKS = [*blocks(README), Block("sh", "kill %1 %2\nbroadsheet broker stop\n")]

OUTCOMES = {
    "make demo": r"broadsheet demo\n(.*\n)*.*-m pytest",
    "broadsheet segment page.html --url": r'^\{"path":"page.html","article":\{.*"headline":"Night ferry to Skerrow',
    "--format html > look.html": r"^page.html: 1 article, \d+ teasers",
    "--show promos\n": r"Storm barrier closes .*\n +list, position \d",
    "broadsheet broker start": r"news.example  Night ferry to Skerrow .*\[\d+ words, en",
    "Producer(": r"^$",
    "broadsheet publish pages/": r"Published 2 pages to news.pages",
    "scrapy runspider": r"'item_scraped_count': 3",
    "Consumer(": r"^.+ (\w\w|None) (https?://\S+|None)$",
    "broadsheet tail teasers --site": r'(?s)"headline":"Storm barrier closes.*"headline":"Storm barrier closes',
    "python examples/read_articles.py": r"\[\d+ words\]  .*\n.+\[(paid, )?\w+\]",
    "front-pages/morning.html --url": r"(?s)(Published 1 page to news.pages.*){2}",
    "python examples/front_page.py": r"^ +\d+\.\d h  ",
    "process_page": r".",
    "broken.html.gz": r"bad-encoding",
    "kill %1 %2": r"",
    "broadsheet deadletters list": r"(?s)page, 22 bytes.*\n1 replayed\.\n12 pages judged.*\n0 pages unaccounted",
}
"""Words of a block -> what its user sees (a regular expression). A block without an entry fails."""


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder."""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 (its name is given)
        """Nobody reads it."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Stands for https://news.example/ where something is fetched: a front page that leads to two stories."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "index.html").write_text("<h1>News</h1><a href=ferry.html>Ferry</a> <a href=chart.html>Chart</a>")
    shutil.copy(SAMPLES / "harbour-ferry.html", folder / "ferry.html")
    shutil.copy(SAMPLES / "harbour-chart.html", folder / "chart.html")
    with serving(partial(Quiet, directory=str(folder))) as address:
        yield f"{address}/"


@pytest.fixture(scope="module")
def user(kafka: Kafka, site: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewUser]:
    """The user, with the pages that the README takes for granted. The session's Kafka shows that there can be one."""
    from workers.broker.broker import free_port, stop

    if shutil.which("kcat") is None:
        missing("no kcat; `make browser` installs it")
    folder = tmp_path_factory.mktemp("newcomer")
    settings = Settings(kafka_bootstrap_servers=f"127.0.0.1:{free_port()}")
    for name, sample in (
        ("page.html", "harbour-ferry.html"),
        ("pages/a.html", "talblatt-bruecke.html"),
        ("pages/b.txt", "valley-wire.txt"),
        ("front-pages/morning.html", "harbour-front.html"),
        ("front-pages/evening.html", "harbour-front.html"),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLES / sample, folder / name)
    replace = {
        "make ": f"make --dry-run --always-make --directory={REPOSITORY} ",
        "127.0.0.1:9092": settings.kafka_bootstrap_servers,
        "start=https://news.example/": f"start={site}",
        "3:1042": "$(broadsheet deadletters list --json | python -c "
        "'import json, sys; print(json.loads(sys.stdin.readline())[\"place\"])')",
    }
    newcomer = NewUser(folder, BLOCKS, settings, replace)
    yield newcomer
    newcomer.leave()
    broker = folder / ".local" / "share" / "broadsheet" / "broker"
    stop(broker)
    shutil.rmtree(folder, ignore_errors=True)


def outcome_of(code: str) -> str:
    """The one entry of OUTCOMES for a block."""
    [found] = [outcome for words, outcome in OUTCOMES.items() if words in code]
    return found


@pytest.mark.timeout(len(BLOCKS) * BLOCK_SECONDS)  # Asked for alone, the last runs all the others first.
@pytest.mark.parametrize("number", range(len(BLOCKS)), ids=[block.name for block in BLOCKS])
def test_a_new_user_gets_what_the_readme_promises(user: NewUser, number: int) -> None:
    transcript = user.see(number)
    assert not transcript.failed, transcript.shown
    assert re.search(outcome_of(BLOCKS[number].code), transcript.shown, re.MULTILINE), transcript.shown


def test_every_outcome_belongs_to_a_block() -> None:
    assert len(OUTCOMES) == len(BLOCKS)
    assert ENDING in README.read_text("utf-8")
