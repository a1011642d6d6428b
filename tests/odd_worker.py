"""A worker whose children run another core: `python -m tests.odd_worker segment`, settings in the environment."""

import asyncio
import os
import sys

from tests.stand_in_task import TASK
from workers.settings import settings_from_texts
from workers.stream.dedup_worker import run_dedup_worker
from workers.stream.segment_worker import run_segment_worker
from workers.stream.trends_worker import run_trends_worker

_PREFIX = "BROADSHEET_"

if __name__ == "__main__":
    texts = {name[len(_PREFIX) :].lower(): text for name, text in os.environ.items() if name.startswith(_PREFIX)}
    settings = settings_from_texts(texts)
    if sys.argv[1] == "segment":
        sys.exit(asyncio.run(run_segment_worker(settings, TASK)))
    run = {"dedup": run_dedup_worker, "trends": run_trends_worker}[sys.argv[1]]
    sys.exit(asyncio.run(run(settings)))
