"""Rules: what they say, on what grounds, and the regions they compile to."""

from dataclasses import dataclass

from primum.foundation.names import local_name
from primum.model.levels import Appraisal, Level
from primum.model.regions import Regions
from primum.model.terms import Citation


@dataclass(frozen=True, slots=True)
class Rule:
    """One named class of the ontology that says when a treatment is barred or appraised.

    `effect` is a level for a contraindication and an appraisal for a recommendation. `bounds`
    tells, region by region, how the source prints the end of the time window: `minimum`,
    `stated`, and so on, or "" where no window ends. `topic` is the file the rule stands in.
    """

    iri: str
    slug: str
    label: str
    effect: Level | Appraisal
    regions: Regions
    bounds: tuple[str, ...]
    rationale: str = ""
    confidence: str = ""
    citations: tuple[Citation, ...] = ()
    scope: str = ""
    stage: str = ""
    evidence: str = ""
    topic: str = ""

    @property
    def id(self) -> str:
        """The local name: `MassageStrainGrade2To3Week`."""
        return local_name(self.iri)

    @property
    def word(self) -> str:
        """What the rule says, as the contracts spell it: `absolute`, `for`, and so on."""
        return self.effect.word if isinstance(self.effect, Level) else self.effect.value

    @property
    def level(self) -> Level:
        """The level of a contraindication; NONE for a recommendation."""
        return self.effect if isinstance(self.effect, Level) else Level.NONE
