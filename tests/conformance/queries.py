"""The tests that put a query: its syntax, its answer, and the format of the answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from tests.conformance.answers import MEDIA_TYPES, Triples, Unreadable, read, read_file
from tests.conformance.compare import Comparison, compared
from tests.conformance.endpoint import media_type
from tests.conformance.outcomes import Outcome
from tests.conformance.suite import Kind, QueryTest, Source
from tests.conformance.targets import Ask, NotServed, Target
from tests.web.wire import Reply

QUERY, RESULTS = "query", "results"
_TABLES, _GRAPHS = ("srj", "srx"), ("nt", "ttl")


def run(part: str, tests: Sequence[QueryTest], target: Target, *, servers: int) -> list[Outcome]:
    """Put all queries of a part; tests of the same data share a server, some run at a time."""
    shared: dict[frozenset[Source], list[QueryTest]] = defaultdict(list)
    for test in tests:
        shared[test.data].append(test)
    with ThreadPoolExecutor(servers) as pool:
        ended = pool.map(lambda group: [*_run_group(part, group, target)], shared.values())
        found = {outcome.name: outcome for group in ended for outcome in group}
    return [found[test.name] for test in tests]


def _run_group(part: str, tests: Sequence[QueryTest], target: Target) -> Iterator[Outcome]:
    """Put the queries that are asked of the same data."""
    try:
        with target.over(tests[0].data) as ask:
            yield from (_outcome(part, test, ask) for test in tests)
    except NotServed as fault:
        yield from (Outcome(part, test.name, str(fault)) for test in tests)


def _outcome(part: str, test: QueryTest, ask: Ask) -> Outcome:
    """Put one query; a dropped connection is a way to fail."""
    try:
        if test.kind is Kind.EVALUATION:
            return _evaluated(part, test, ask)
        reply = ask(test.query.text, "*/*")
        wanted = 200 if test.kind is Kind.GOOD_SYNTAX else 400
        return Outcome(part, test.name, None if reply.status == wanted else told(reply))
    except (OSError, HTTPException) as fault:
        return Outcome(part, test.name, f"no answer: {fault!r}")


def _evaluated(part: str, test: QueryTest, ask: Ask) -> Outcome:
    """Compare the answer in each format; how a format is written must be right to the letter."""
    forms = _formats(part, test)
    found = {form: _compared(test, ask, form) for form in forms}
    inexact = _joined((form, each.as_written) for form, each in found.items())
    strictly = inexact if part == RESULTS else None
    reason = strictly or _joined((form, each.by_value) for form, each in found.items())
    return Outcome(part, test.name, reason, inexact)


def _formats(part: str, test: QueryTest) -> tuple[str, ...]:
    """The formats to ask for: that of the test, where formats are what is tested."""
    assert test.result is not None, f"{test.name} has no expected answer"
    if part == RESULTS:
        return (test.result.path.suffix.removeprefix("."),)
    return _GRAPHS if isinstance(read_file(test.result), Triples) else _TABLES


def _compared(test: QueryTest, ask: Ask, form: str) -> Comparison:
    """The answer in one format beside the expected one.

    A file's relative IRIs are relative to the file. A request names no file, so the query says
    what it is.
    """
    assert test.result is not None, f"{test.name} has no expected answer"
    query = f"BASE <{test.query.base}>\n{test.query.text}"
    reply = ask(query, MEDIA_TYPES[form])
    if reply.status != 200 or media_type(reply) != MEDIA_TYPES[form]:
        return Comparison(told(reply), told(reply))
    try:
        found = read(reply.body, form)
    except Unreadable as fault:
        return Comparison(str(fault), str(fault))
    return compared(read_file(test.result), found)


def told(reply: Reply) -> str:
    """What an answer says, in one line."""
    body = " ".join(reply.body[:200].decode(errors="replace").split())
    return f"{reply.status} {media_type(reply)} {body}".strip()


def _joined(reasons: Iterable[tuple[str, str | None]]) -> str | None:
    """The reasons by format; one for all formats is said once."""
    given = [(form, reason) for form, reason in reasons if reason]
    said = {reason for _, reason in given}
    if len(said) == 1 and len(given) > 1:
        return said.pop()
    return "; ".join(f"{form}: {reason}" for form, reason in given) or None
