"""Clinicians' cases: a sentence, a record, and what follows from a source.

Anyone can add one to a file in `cases`, whose `README.md` says how.
"""

import re
from collections import Counter
from operator import attrgetter
from pathlib import Path

import pytest
from tests.clinical.case import Clinical
from tests.clinical.files import ENOUGH, KEYS, read_cases
from tests.clinical.keys import differences
from tests.clinical.shipped import knowledge

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "tests" / "cases"
TOPICS = sorted(path.stem for path in (ROOT / "rules" / "contraindications").glob("*.ttl"))
FEWEST = 300
FEWEST_PER_TOPIC = 3


def sources_of(topic: str) -> set[str]:
    """The keys of the sources that the rules of a contraindication topic rest on."""
    return {
        citation.source.id
        for rule in knowledge().release.knowledge.rules
        if rule.topic == topic and rule.level
        for citation in rule.citations
    }


CASES = [case for path in sorted(FOLDER.glob("*.toml")) for case in read_cases(path)]
each_case = pytest.mark.parametrize("case", CASES, ids=attrgetter("says"))
each_topic = pytest.mark.parametrize("topic", TOPICS)


@each_case
def test_case_is_answered_as_its_source_says(case: Clinical) -> None:
    """Everything that a case expects is what Primum answers."""
    assert differences(case) == {}


def test_there_are_enough_cases() -> None:
    """The cases cover the knowledge and not only samples of it."""
    assert len(CASES) >= FEWEST


def test_no_sentence_stands_twice() -> None:
    """Each sentence names one case, so that a failing test names the case."""
    times = Counter(case.says for case in CASES)
    assert not [says for says, count in times.items() if count > 1]


def test_every_case_expects_something() -> None:
    """No case is without a verdict, a timeline or recommendations that it expects."""
    assert not [c.says for c in CASES if not any(c.expected.get(kind) for kind in ENOUGH)]


def test_every_key_is_used() -> None:
    """Each key that a case may have stands in some case, so that a clinician finds an example."""
    text = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("*.toml"))
    assert not [k for k in KEYS if f"\n{k} = " not in text and f"\n[case.{k}]\n" not in text]


@each_case
def test_case_follows_from_a_known_source(case: Clinical) -> None:
    """What a case follows from begins with the key of a source in the ontology."""
    graph = (ROOT / "ontology" / "sources.ttl").read_text(encoding="utf-8")
    assert f"\nsource:{case.source} rdf:type " in graph


def test_examples_of_the_guide_are_cases(tmp_path: Path) -> None:
    """The examples that a clinician starts from can be read and are answered as they say."""
    examples = re.findall(r"```toml\n(.*?)```", (FOLDER / "README.md").read_text("utf-8"), re.S)
    path = tmp_path / "examples.toml"
    path.write_text("\n".join(examples), encoding="utf-8")
    found = read_cases(path)
    assert len(found) >= len(examples) > 0
    assert not [differences(case) for case in found if differences(case)]


@each_topic
def test_topic_has_cases_that_cite_its_sources(topic: str) -> None:
    """Every topic of contraindications has cases of its own, citing what its rules rest on."""
    own = [case for case in CASES if case.topic == topic]
    assert len(own) >= FEWEST_PER_TOPIC
    assert {case.source for case in own} & sources_of(topic)
