"""The process pool: whatever a task does to its child costs that task, and no other."""

import asyncio
import os
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from workers.errors import Bug, Crashed, OutOfMemory, PageError, TimedOut
from workers.stream.nursery import ChildrenCannotStartError
from workers.stream.pool import Pool

MEBIBYTE = 2**20


class Notes:
    def __init__(self) -> None:
        self.deaths: list[tuple[int, str, str]] = []
        self.shares: list[float] = []

    def child_died(self, process: int, why: str, last_words: str) -> None:
        self.deaths.append((process, why, last_words))

    def busy_share(self, share: float) -> None:
        self.shares.append(share)


@pytest.fixture(autouse=True)
def tasks_can_be_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))


def in_pool(
    work: Callable[[Pool], Awaitable[None]],
    *,
    processes: int = 2,
    deadline: float = 20.0,
    memory: int = 64 * MEBIBYTE,
    task: str = "pool_tasks:obey",
) -> Notes:
    notes = Notes()

    async def main() -> None:
        pool = Pool(task, processes=processes, deadline_seconds=deadline, memory_bytes=memory, watcher=notes)
        try:
            await pool.open()
            await work(pool)
        finally:
            await pool.close()

    asyncio.run(main())
    return notes


async def outcome(answer: asyncio.Future[bytes]) -> bytes | PageError:
    try:
        return await answer
    except PageError as error:
        return error


def test_each_task_gets_its_own_answer() -> None:
    async def work(pool: Pool) -> None:
        payloads = [f"page {number}".encode() for number in range(500)]
        assert await asyncio.gather(*map(pool.submit, payloads)) == payloads

    in_pool(work)


def test_tasks_of_many_megabytes_and_of_no_bytes_go_through() -> None:
    async def work(pool: Pool) -> None:
        payloads = [b"", b"x" * (20 * MEBIBYTE), b"", b"y" * (9 * MEBIBYTE)]
        assert await asyncio.gather(*map(pool.submit, payloads)) == payloads

    in_pool(work, memory=256 * MEBIBYTE)


@pytest.mark.parametrize(
    ("payload", "error", "detail"),
    [
        (b"segfault", Crashed, "SIGSEGV"),
        (b"exit", Crashed, "exit code 3"),
        (b"kill", Crashed, "SIGKILL"),
        (b"hang", TimedOut, "not done after 1 s"),
        (b"sleep 60", TimedOut, "not done after 1 s"),
        (b"eat 1000000000", OutOfMemory, "67108864 bytes"),
        (b"eat-slowly", OutOfMemory, "67108864 bytes"),
        (b"abort-for-memory", OutOfMemory, "67108864 bytes"),
        (b"raise", Bug, "LookupError: no such thing at pool_tasks.py"),
        (b"recurse", Bug, "RecursionError"),
    ],
)
def test_a_page_that_breaks_its_child_fails_alone(payload: bytes, error: type[PageError], detail: str) -> None:
    async def work(pool: Pool) -> None:
        bystanders = [f"page {number}".encode() for number in range(20)]
        answers = [pool.submit(page) for page in bystanders[:10]]
        bad = pool.submit(payload)
        answers += [pool.submit(page) for page in bystanders[10:]]
        result = await outcome(bad)
        assert isinstance(result, error)
        assert detail in str(result)
        assert await asyncio.gather(*answers) == bystanders

    # Where it is not to be the deadline, a slow machine must not make it that.
    in_pool(work, deadline=1.0 if error is TimedOut else 30.0)


def test_a_task_within_the_memory_limit_succeeds_beside_one_beyond_it() -> None:
    async def work(pool: Pool) -> None:
        for _ in range(3):
            assert await pool.submit(b"eat 30000000") == b"30000000"
            assert isinstance(await outcome(pool.submit(b"eat 90000000")), OutOfMemory)

    in_pool(work, processes=1)


def test_tasks_of_which_many_kill_their_child_are_each_answered_once() -> None:
    words = (b"segfault", b"exit", b"kill", b"raise", b"eat 1000000000")
    payloads = [words[number // 7 % 5] if number % 7 == 0 else f"page {number}".encode() for number in range(210)]

    async def work(pool: Pool) -> None:
        results = await asyncio.gather(*(outcome(pool.submit(payload)) for payload in payloads))
        for payload, result in zip(payloads, results, strict=True):
            assert isinstance(result, PageError) if payload in words else result == payload
        kinds = Counter(type(result) for result in results if isinstance(result, PageError))
        assert kinds == {Crashed: 18, Bug: 6, OutOfMemory: 6}

    notes = in_pool(work)
    # Children that ran out of memory leave by themselves; those that raised stay.
    assert len(notes.deaths) == 18


def test_what_a_dying_child_said_is_kept() -> None:
    async def work(pool: Pool) -> None:
        await outcome(pool.submit(b"segfault"))
        await pool.submit(b"page")

    ((_, why, last_words),) = in_pool(work, processes=1).deaths
    assert why == "SIGSEGV"
    assert "pool_tasks.py" in last_words


def test_a_child_that_has_grown_is_replaced_before_it_costs_a_page() -> None:
    async def work(pool: Pool) -> None:
        first = await pool.submit(b"process")
        assert await pool.submit(b"eat 60000000") == b"60000000"
        assert await pool.submit(b"process") == first  # what was given back does not count

    notes = in_pool(work, processes=1)
    assert notes.deaths == []


def test_children_ignore_the_signals_of_the_workers_group() -> None:
    async def work(pool: Pool) -> None:
        process = int(await pool.submit(b"process"))
        for number in (signal.SIGINT, signal.SIGTERM):
            os.kill(process, number)
        assert os.getpgid(process) != os.getpgid(0)
        assert int(await pool.submit(b"process")) == process

    in_pool(work, processes=1)


def test_when_the_zygote_is_killed_no_page_is_blamed() -> None:
    async def work(pool: Pool) -> None:
        zygote = int(await pool.submit(b"zygote"))
        answers = [pool.submit(b"sleep 0.2") for _ in range(6)]
        await asyncio.sleep(0.1)
        os.kill(zygote, signal.SIGKILL)
        assert await asyncio.gather(*answers) == [b"sleep 0.2"] * 6
        assert int(await pool.submit(b"zygote")) != zygote

    in_pool(work)


def test_time_in_which_the_worker_itself_did_not_run_is_not_held_against_pages() -> None:
    async def work(pool: Pool) -> None:
        answers = [pool.submit(b"sleep 0.3") for _ in range(4)]
        await asyncio.sleep(0.05)
        time.sleep(1.5)  # noqa: ASYNC251 (the loop is held up on purpose)
        assert await asyncio.gather(*answers) == [b"sleep 0.3"] * 4

    in_pool(work, deadline=1.0)


def test_no_child_outlives_the_pool() -> None:
    processes: list[int] = []

    async def work(pool: Pool) -> None:
        processes.extend(map(int, await asyncio.gather(*(pool.submit(b"process") for _ in range(8)))))
        pool.submit(b"hang")
        await asyncio.sleep(0.1)

    in_pool(work)
    assert all(_gone(process) for process in processes)


def test_a_pool_whose_task_cannot_be_imported_says_so_at_once() -> None:
    async def work(pool: Pool) -> None:
        pytest.fail("the pool opened")

    with pytest.raises(ChildrenCannotStartError, match="no child process starts"):
        in_pool(work, task="broken_tasks:anything")


def test_cancelled_tasks_are_not_run() -> None:
    async def work(pool: Pool) -> None:
        blocking = pool.submit(b"sleep 0.3")
        queued = pool.submit(b"page")
        cancelled = [pool.submit(b"segfault") for _ in range(5)]
        for answer in cancelled:
            answer.cancel()
        assert await blocking == b"sleep 0.3"
        assert await queued == b"page"

    assert in_pool(work, processes=1).deaths == []


def test_the_share_of_busy_children_is_reported() -> None:
    async def work(pool: Pool) -> None:
        await asyncio.gather(pool.submit(b"sleep 0.5"), pool.submit(b"sleep 0.5"))

    assert 1.0 in in_pool(work, deadline=2.0).shares


def _gone(process: int, within: float = 5.0) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False
