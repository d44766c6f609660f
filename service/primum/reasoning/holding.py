"""Which rules hold of a treatment, for many cases in turn: found once for all that ask alike."""

from collections.abc import Hashable
from functools import lru_cache

from primum.model.answers import Reason
from primum.model.cases import Case
from primum.model.levels import Level
from primum.model.spans import Span
from primum.model.terms import Term
from primum.reasoning.cohort.parted import Parted
from primum.reasoning.engine import Engine, timeless
from primum.reasoning.worlds import Facts, facts_of

_KEPT_FACTS = 8192


class Holding:
    """Tells reasons by what the regions of a treatment ask for; safe to share between threads.

    Cases with the same key have the same reasons for a treatment, but for what premises found.
    """

    def __init__(self, engine: Engine) -> None:
        """Know which facts the regions of each treatment ask for."""
        tables = engine.tables
        self._engine, self._tables = engine, tables
        sets = set(tables.treatments.values())
        self._asked = {regions: tables.mentioned(regions) for regions in sets}
        # What an open grade or age can contradict: it tells which of them are left.
        parted = Parted.of(tables)
        self._tied = parted.true | parted.false
        self._facts = lru_cache(maxsize=_KEPT_FACTS)(self._settled)

    def key(self, case: Case, treatment: Term) -> Hashable:
        """What the reasons for a treatment depend on; raises Contradiction as an answer does."""
        facts = self._facts(timeless(case))
        regions = self._tables.treatments[treatment.iri]
        asked = self._asked[regions]
        band = None if case.age is None else self._tables.ages.of(Span.at(case.age)).start
        if case.grade is None or band is None:
            asked |= self._tied
        bands = self._tables.hours.of(case.hours)
        known = case.grade, band, bands.start, bands.stop
        return regions, facts.true & asked, facts.false & asked, *known

    def reasons(self, case: Case, treatment: Term) -> tuple[Reason, ...]:
        """The contraindications that hold of a treatment, then the recommendations."""
        decision = self._engine.decision(case)
        regions = self._tables.treatments[treatment.iri]
        bands = self._tables.hours.of(case.hours)
        barring = regions & self._tables.at_least[Level.PRECAUTION]
        appraising = regions & self._tables.appraising
        return (*decision.reasons(barring, bands), *decision.reasons(appraising, bands))

    def _settled(self, case: Case) -> Facts:
        """The facts of a case without its time."""
        return facts_of(self._tables, case)
