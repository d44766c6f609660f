"""A run: the chunks of the input, answered by a few threads, each from reading to writing."""

import json
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from primum.foundation.errors import InvalidValue
from primum.use_cases.cohort.answering import Cohort
from primum.use_cases.cohort.graph.graph import Graph, base_of, demand_base
from primum.use_cases.cohort.options import Options
from primum.use_cases.cohort.running.counting import Counting
from primum.use_cases.cohort.running.counts import Counts, total
from primum.use_cases.cohort.running.folder import Folder
from primum.use_cases.cohort.running.parts import Parts
from primum.use_cases.cohort.running.plan import (
    Order,
    input_document,
    knowledge_document,
    options_document,
)
from primum.use_cases.cohort.sources.source import Chunk, Source
from primum.use_cases.cohort.table import schema as table
from primum.use_cases.service import Primum

Json = dict[str, Any]
Progress = Callable[[int], None]
Finish = Callable[[Folder, "Outcome"], object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to; `rejects` is the file of rejects, where there are some.

    `stopped` is the reject at which a strict run ended; then nothing is written.
    """

    output: Path
    counts: Counts
    seconds: float
    about: Json
    rejects: Path | None = None
    stopped: Json | None = None


@dataclass(slots=True)
class Run:
    """Answers a source into a folder."""

    primum: Primum
    source: Source
    options: Options
    order: Order
    cohort: Cohort = field(init=False)
    folder: Folder = field(init=False)

    def __post_init__(self) -> None:
        """Decide what the columns mean; raises QuestionError where they cannot be read."""
        self.cohort = Cohort.of(self.primum, self.source.schema, self.options)
        self.folder = Folder(self.order.output)
        if self.order.rdf_base:
            demand_base(self.order.rdf_base)

    @property
    def about(self) -> Json:
        """What is answered, and how: the plan of the run."""
        edition = self.primum.release.knowledge.edition
        return {
            "knowledge": knowledge_document(edition),
            "options": options_document(self.options, self.cohort.rows),
            "reasons": self.order.reasons,
            "rdf": self.order.rdf,
            "rdfBase": self.order.rdf_base,
            "chunkRows": self.order.chunk_rows,
            "input": input_document(self.source.files),
        }

    def __call__(self, progress: Progress, finish: Finish) -> Outcome:
        """Do all that is not done, and make the output.

        `progress` is told how much was read, in the unit of the source; `finish` writes what lies
        beside the answers. Raises InvalidValue where something stands in the output's place.
        """
        began, about = time.monotonic(), self.about
        self.folder.begin(about, resume=self.order.resume, overwrite=self.order.overwrite)
        stopped = self._answer(progress)
        counts = total(each for _, each in self.folder.done())
        seconds = time.monotonic() - began
        if stopped is not None:
            self.folder.remove()
            return Outcome(self.order.output, counts, seconds, about, stopped=stopped)
        self._demand_whole(counts, about)
        rejects = self.folder.join_rejects()
        outcome = Outcome(self.order.output, counts, seconds, about, rejects)
        finish(self.folder, outcome)
        self.folder.end()
        return outcome

    def _demand_whole(self, counts: Counts, about: Json) -> None:
        """Raise an error where the input was changed meanwhile, or the counts do not add up."""
        if input_document(self.source.files) != about["input"]:
            raise InvalidValue(
                "The input was changed while it was read. Begin anew with --overwrite.",
                where="IN",
                found=", ".join(self.source.files),
            )
        counts.demand_sum()

    def _answer(self, progress: Progress) -> Json | None:
        """Answer the chunks that are not done; the first reject where a strict run ends at it."""
        stop = Event()
        counting = Counting(self.primum, self.options.mapping.get(table.INJURY, table.INJURY))
        parts = Parts(self.cohort, counting, self.folder, self.order.reasons, stop, self._graph())
        done = dict(self.folder.done())
        with ThreadPoolExecutor(self.order.workers) as threads:
            work = _Work(parts, threads, self.order, progress)
            try:
                for chunk in self._chunks():
                    work.give(chunk, done.get(chunk.number))
                    if work.is_over:
                        break
                work.end()
            finally:
                # Where this ends early, by a fault or by Ctrl-C, the threads end early too.
                stop.set()
        return self.folder.first_reject() if self.order.strict else None

    def _graph(self) -> Graph | None:
        """What writes RDF, where that is wanted.

        Unless a base is chosen, nodes are named by the input and the knowledge. With the table of
        reasons, a finding names all rules that it rests on.
        """
        if not self.order.rdf:
            return None
        base = self.order.rdf_base or base_of(json.dumps(self.about))
        rules = self.cohort.reasons_of if self.order.reasons else None
        return Graph.of(self.primum, self.source.schema, self.options, base=base, rules=rules)

    def _chunks(self) -> Iterator[Chunk]:
        """The chunks; one without rows where there are none, so that the output has its columns."""
        columns = [name for name in self.source.schema.names if name not in self.cohort.ignored]
        found = self.source.chunks(columns, self.order.chunk_rows)
        yield next(found, Chunk(0, 0, 0, iter(())))
        yield from found


@dataclass(slots=True)
class _Work:
    """Chunks at work; few of them wait, so that what is read does not pile up."""

    parts: Parts
    threads: ThreadPoolExecutor
    order: Order
    progress: Progress
    waiting: dict[Future[Counts], int] = field(default_factory=dict)
    is_over: bool = False

    def give(self, chunk: Chunk, done: Counts | None) -> None:
        """Have a chunk answered, unless it is done; wait while as many are at work as may."""
        if done is not None:
            self._note(done, chunk.amount)
            return
        self.waiting[self.threads.submit(self.parts.make, chunk)] = chunk.amount
        if len(self.waiting) > self.order.workers:
            self._take(wait(self.waiting, return_when=FIRST_COMPLETED).done)

    def end(self) -> None:
        """Wait for all that is at work."""
        self._take(wait(self.waiting).done)

    def _take(self, done: Iterable[Future[Counts]]) -> None:
        """Note what is done; raises what a thread raised."""
        for each in done:
            self._note(each.result(), self.waiting.pop(each))

    def _note(self, counts: Counts, amount: int) -> None:
        """Tell how far it is. A strict run ends here, but for the chunks before that one."""
        self.progress(amount)
        self.is_over = self.is_over or (self.order.strict and counts.rejected > 0)
