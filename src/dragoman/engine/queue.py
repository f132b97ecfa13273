"""The queue in front of the decoder: what many sentences want decoded, in full batches, as long as there is work.

A sentence may have to be decoded several times, and what is asked for the second time depends on the first answer. So
each is a task: a generator that yields what it wants decoded and is sent the answer. While the batches of some tasks
are decoded, Python goes on with the others.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from dragoman.engine.model import Hypothesis

# The most tokens (sentences × their padded length) that are decoded at once, and the fewest that a batch is cut down to
# so that every core has work. Measured on two cores: from 512 to 2048 the speed is the same, below 256 it falls.
BATCH_TOKENS = 1024
SMALL_BATCH_TOKENS = 256
# Sentences are padded to a multiple of this number of tokens, and longer ones to a multiple of a quarter of the next
# power of two: the wider, the fuller are the batches, and the more is computed for nothing. Of 8, 16 and 32, this took
# the least CPU time: a tenth less than 32 on eight articles and on one.
PADDING = 16
# Sentences that wait for so many batches for each core are enough for full ones; more could only wait, and the first
# articles would be done later.
WAITING_BATCHES = 8
# The most tokens that a sentence may have on either side. Models know a limited number of positions (the bundled one
# 384), and fail beyond them; the ladder cuts sentences well before.
POSITIONS = 320


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be decoded: source tokens as `Model.encode` gives them, none at all for no hypotheses.

    `hypotheses` says how many are wanted; with `no_repeat`, no sequence of that many tokens comes twice. `beam` is the
    size of the beam; 0: that of the model, and no fewer than the hypotheses.
    """

    tokens: Sequence[str]
    hypotheses: int = 1
    no_repeat: int = 0
    beam: int = 0


Task = Generator[Job, list["Hypothesis"], None]
"""Yields jobs, and is sent the hypotheses of each, best first."""


class Decoder(Protocol):
    """What the queue needs of a model."""

    @property
    def threads(self) -> int:
        """How many batches are decoded at the same time."""

    def decode(
        self, sources: Sequence[Sequence[str]], *, hypotheses: int, no_repeat: int, beam: int
    ) -> list[list[Hypothesis]]:
        """Decode one batch of sentences with the same padded length; for each its hypotheses."""


def run(decoder: Decoder, tasks: Iterable[Task]) -> Iterator[None]:
    """Run tasks to their ends; yield each time that some have gone on.

    Tasks are taken from `tasks` when the decoder wants more work, and not much earlier: making them may be work, too.
    What a task is sent does not depend on the others, or on how fast they are (see `Model.decode`).
    """
    coming = iter(tasks)
    waiting: list[tuple[Job, Task]] = []
    running: dict[Future[list[list[Hypothesis]]], list[Task]] = {}
    with ThreadPoolExecutor(decoder.threads) as workers:
        try:
            while True:
                if len(running) <= decoder.threads:  # no batch is left for the next core that is free
                    _take(coming, waiting, WAITING_BATCHES * decoder.threads * BATCH_TOKENS)
                    jobs = [job for job, _ in waiting]
                    for batch in batches(jobs, decoder.threads):
                        job = jobs[batch[0]]
                        future = workers.submit(
                            decoder.decode,
                            [jobs[index].tokens for index in batch],
                            hypotheses=job.hypotheses,
                            no_repeat=job.no_repeat,
                            beam=job.beam,
                        )
                        running[future] = [waiting[index][1] for index in batch]
                    waiting = []
                if not running:
                    return
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    for task, hypotheses in zip(running.pop(future), future.result(), strict=True):
                        _go_on(task, hypotheses, waiting)
                yield
        finally:
            workers.shutdown(wait=False, cancel_futures=True)


def _take(coming: Iterator[Task], waiting: list[tuple[Job, Task]], enough: int) -> None:
    """Start tasks until so many tokens are waiting, or there are no more."""
    tokens = sum(padded_length(len(job.tokens)) for job, _ in waiting)
    while tokens < enough and (task := next(coming, None)) is not None:
        before = len(waiting)
        _go_on(task, None, waiting)
        tokens += sum(padded_length(len(job.tokens)) for job, _ in waiting[before:])


def _go_on(task: Task, hypotheses: list[Hypothesis] | None, waiting: list[tuple[Job, Task]]) -> None:
    """Send a task what it asked for (None starts it), and put what it asks for now among the waiting."""
    try:
        job = task.send(hypotheses) if hypotheses is not None else next(task)
        while not job.tokens:
            job = task.send([])
    except StopIteration:
        return
    waiting.append((job, task))


def padded_length(length: int) -> int:
    """Return the number of tokens that a sentence of `length` tokens is padded to."""
    step = max(PADDING, 1 << max(0, (length - 1).bit_length() - 2))
    return min(-(-length // step) * step, POSITIONS)


def batches(jobs: Sequence[Job], threads: int) -> list[list[int]]:
    """Return the indices of the jobs in each batch, those with the longest sentences first.

    What is decoded together has the same padded length, and asks for the same. The sentences of one padded length are
    dealt out, so that every batch gets one that has it where there are enough.
    """
    groups: dict[tuple[int, int, int, int], list[int]] = {}
    for index in sorted(range(len(jobs)), key=lambda index: -len(jobs[index].tokens)):
        job = jobs[index]
        key = padded_length(len(job.tokens)), job.hypotheses, job.no_repeat, job.beam
        groups.setdefault(key, []).append(index)
    total = sum(key[0] * len(group) for key, group in groups.items())
    most = BATCH_TOKENS
    if threads > 1:
        most = min(BATCH_TOKENS, max(SMALL_BATCH_TOKENS, total // (2 * threads)))
    found = []
    for (padded, *_), group in groups.items():
        count = -(-len(group) // max(1, most // padded))
        found += [group[number::count] for number in range(count)]
    return found
