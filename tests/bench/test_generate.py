"""Generated cases can be made again, and stand alone."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
from tests.bench.engines import oxigraph
from tests.bench.generate import generated, jsonl, narrowest_injuries, ntriples, questions
from tests.bench.parts import contraindications

from primum.knowledge.flat import read_regions
from primum.knowledge.rdf import Triples
from primum.use_cases.service import Primum

SCRIPT = Path(__file__).with_name("generate.py")


def test_the_same_seed_gives_the_same_cases(primum: Primum) -> None:
    """Rules and questions depend on the seed alone."""
    shipped = primum.release.knowledge
    one, same, other = (generated(shipped, rules=50, seed=seed) for seed in (7, 7, 8))
    assert one == same
    assert one.rules != other.rules
    asked = questions(one, count=20, seed=7)
    assert asked == questions(one, count=20, seed=7)
    assert asked != questions(one, count=20, seed=8)


def test_the_mix_is_the_one_described(primum: Primum) -> None:
    """Two thirds of the rules ask for a factor, the others for an injury."""
    rules = generated(primum.release.knowledge, rules=3000, seed=7).rules
    regions = [rule.regions[0] for rule in rules]
    of_factor = sum(bool(region.factors.required) for region in regions)
    assert 1900 < of_factor < 2100
    assert len(rules) - of_factor == sum(bool(region.injuries.required) for region in regions)


def test_questions_are_about_the_narrowest_injuries(primum: Primum) -> None:
    """An injury with kinds of its own would leave open which kind it is."""
    shipped = primum.release.knowledge
    narrowest = {term.id for term in narrowest_injuries(shipped)}
    assert "HamstringStrain" in narrowest
    assert "MuscleStrain" not in narrowest


def written(lines: Iterable[str]) -> ox.Store:
    """A store that holds N-Triples and nothing else."""
    store = ox.Store()
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    return store


def test_written_cases_stand_alone(primum: Primum) -> None:
    """SPARQL over the written file finds the levels that are written beside it."""
    knowledge = generated(primum.release.knowledge, rules=200, seed=7)
    asked = questions(knowledge, count=3, seed=7)
    contender = oxigraph(written(ntriples(knowledge)), contraindications(primum))
    for case, line in zip(asked, jsonl(knowledge, asked), strict=True):
        expected = {
            iri: (found["certain"], found["possible"])
            for iri, found in json.loads(line)["levels"].items()
        }
        words = ("none", "precaution", "relative", "absolute")
        found = contender.finds(case)
        assert expected == {
            iri: (words[certain], words[possible])
            for iri, (certain, possible) in found.items()
            if possible
        }


def test_written_rules_read_back(primum: Primum) -> None:
    """The rules graph holds every region as it was generated."""
    knowledge = generated(primum.release.knowledge, rules=200, seed=7)
    store = written(ntriples(knowledge))
    regions = read_regions(Triples(store.quads_for_pattern(None, None, None)))
    assert {rule.iri: rule.regions for rule in knowledge.rules} == {
        iri: tuple(region for region, _ in entries) for iri, entries in regions.items()
    }


def run_generator(file: Path, *, hash_seed: str) -> tuple[bytes, bytes]:
    """Run the README's command and read both files."""
    options = ["--rules", "20", "--questions", "2", "--seed", "7", "-o", str(file)]
    command = [sys.executable, str(SCRIPT), *options]
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    subprocess.run(command, check=True, capture_output=True, timeout=300, env=environment)
    return file.read_bytes(), file.with_suffix(".jsonl").read_bytes()


def test_the_generator_writes_the_same_bytes_again(tmp_path: Path) -> None:
    """The command in the README writes both files, and no order of sets shows in them."""
    triples, lines = run_generator(tmp_path / "one.nt", hash_seed="1")
    assert (triples, lines) == run_generator(tmp_path / "other.nt", hash_seed="2")
    assert b"Generated20" in triples
    assert [{"fromHours", "untilHours", "injury", "grade", "factor", "levels"}] * 2 == [
        json.loads(line).keys() for line in lines.splitlines()
    ]
