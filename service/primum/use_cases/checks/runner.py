"""Running the checks: one that cannot run stops no other, and is told."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from difflib import get_close_matches
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

from primum.foundation.errors import KnowledgeError, MissingTool, ToolFailed, UnknownName
from primum.knowledge import files
from primum.knowledge.locate import Place
from primum.model.remarks import Remark, Severity
from primum.use_cases.checks.check import Check
from primum.use_cases.checks.registry import CHECKS
from primum.use_cases.checks.report import Outcome, Report
from primum.use_cases.checks.subject import Subject

NOT_RUN = "check-not-run"
_HELP = {
    NOT_RUN: "A check did not run to its end, so nobody knows what it would have found. Mend what "
    "kept it from running, and check again.",
}
_GRAVEST_FIRST = list(Severity)
_PROCESSES = 2
Progress = Callable[[str], None]


def check(place: Place, *, only: Sequence[str] = (), progress: Progress = lambda _: None) -> Report:
    """Check the knowledge of a place; nothing is written.

    `only` names checks or codes; all run where it is empty. `progress` is told what is looked at.
    Raises UnknownName for a name that is neither.
    """
    began = monotonic()
    chosen = _chosen(place, only)
    outcomes = _outcomes(place, chosen, progress)
    wanted = _wanted(place, only)
    found = [r for outcome in outcomes for r in outcome.remarks if not only or r.code in wanted]
    remarks = dict.fromkeys([*found, *_not_run(outcomes)])
    return Report(
        remarks=tuple(sorted(remarks, key=_order)),
        outcomes=tuple(outcomes),
        files=len(_looked_at(place)),
        seconds=monotonic() - began,
        help=_all_codes(place),
    )


def _all_codes(place: Place) -> dict[str, str]:
    """Each code that a check may give, with its help."""
    found = dict(_HELP)
    for each in CHECKS:
        found |= each.all_codes(place)
    return found


def _wanted(place: Place, only: Iterable[str]) -> set[str]:
    """The codes that names of checks or codes stand for."""
    by_name = {each.name: each.all_codes(place) for each in CHECKS}
    return {code for name in only for code in by_name.get(name, {name: ""})}


def _chosen(place: Place, only: Sequence[str]) -> list[Check]:
    """The checks that names or codes ask for."""
    known = {each.name for each in CHECKS} | _all_codes(place).keys()
    for name in only:
        if name not in known:
            near = tuple(get_close_matches(name, known, n=5, cutoff=0.4)) or tuple(
                each.name for each in CHECKS
            )
            raise UnknownName(
                f"There is no check or code {name!r}. Among those there are: {', '.join(near)}.",
                where="only",
                found=name,
                allowed=near,
            )
    wanted = _wanted(place, only)
    return [each for each in CHECKS if not only or wanted & each.all_codes(place).keys()]


def _outcomes(place: Place, chosen: Sequence[Check], progress: Progress) -> list[Outcome]:
    """What each check finds; those that stand apart run in processes of their own meanwhile."""
    subject = Subject(place)
    apart = [each for each in chosen if each.apart] if len(chosen) > 1 else []
    with ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn")) as processes:
        waiting = [processes.submit(run_apart, place.root, each.name) for each in apart]
        ready: dict[str, Outcome] = {}
        for each in chosen:
            if each not in apart:
                progress(each.does)
                ready[each.name] = _run(each, subject)
        for each, future in zip(apart, waiting, strict=True):
            progress(each.does)
            ready[each.name] = _waited_for(each, future)
    return [ready[each.name] for each in chosen]


def _waited_for(each: Check, future: Future[Outcome]) -> Outcome:
    """What a check found in its own process; one that died has found nothing."""
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(each.name, (), 0.0, "Its process died.")


def run_apart(root: Path, name: str) -> Outcome:
    """What one check finds, in a process of its own."""
    (named,) = (each for each in CHECKS if each.name == name)
    return _run(named, Subject(Place(root)))


def _run(each: Check, subject: Subject) -> Outcome:
    """What one check finds, up to where it breaks off."""
    began = monotonic()
    found: list[Remark] = []
    problem = ""
    try:
        found.extend(each.run(subject))
    except (KnowledgeError, MissingTool, ToolFailed) as error:
        problem = str(error).partition("\n")[0].removesuffix(", because:")
    root = f"{subject.place.root}/"
    told = [replace(remark, sentence=remark.sentence.replace(root, "")) for remark in found]
    return Outcome(each.name, tuple(told), monotonic() - began, problem.replace(root, ""))


def _not_run(outcomes: Iterable[Outcome]) -> Iterator[Remark]:
    """One remark for each reason that kept checks from running to their end."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.problem:
            by_reason[outcome.problem].append(outcome.name)
    for reason, names in by_reason.items():
        which = f"check {names[0]}" if len(names) == 1 else f"checks {', '.join(names)}"
        said = reason.rstrip(".")
        yield Remark(NOT_RUN, Severity.ERROR, f"The {which} did not run to the end: {said}.")


def _order(remark: Remark) -> tuple[int, str, int, str, str]:
    """Gravest first, then by place."""
    grave = _GRAVEST_FIRST.index(remark.severity)
    return grave, remark.file, remark.line, remark.code, remark.sentence


def _looked_at(place: Place) -> set[Path]:
    """The files that checks look at."""
    shapes = place.rules.glob("shapes/*.ttl")
    tables = [files.mappings_file(place), place.ontology / "catalog-v001.xml"]
    asked = [*place.queries.glob("qc/*"), *place.queries.glob("seed/*.toml")]
    return {
        path for path in [*files.knowledge_files(place), *shapes, *tables, *asked] if path.is_file()
    }
