"""All checks, in the order in which they run. To add one, write its file and name it here."""

from primum.use_cases.checks.check import Check
from primum.use_cases.checks.consistency import CODES as CONSISTENCY
from primum.use_cases.checks.consistency import consistency
from primum.use_cases.checks.datatypes import CODES as DATATYPES
from primum.use_cases.checks.datatypes import datatypes
from primum.use_cases.checks.deprecated import CODES as DEPRECATED
from primum.use_cases.checks.deprecated import deprecated
from primum.use_cases.checks.fragment import CODES as FRAGMENT
from primum.use_cases.checks.fragment import fragment
from primum.use_cases.checks.imports import CODES as IMPORTS
from primum.use_cases.checks.imports import imports
from primum.use_cases.checks.labels import CODES as LABELS
from primum.use_cases.checks.labels import labels
from primum.use_cases.checks.mappings import CODES as MAPPINGS
from primum.use_cases.checks.mappings import mappings
from primum.use_cases.checks.profile import CODES as PROFILE
from primum.use_cases.checks.profile import profile
from primum.use_cases.checks.queries import CODES as QUERIES
from primum.use_cases.checks.queries import codes as codes_of_queries
from primum.use_cases.checks.queries import queries
from primum.use_cases.checks.record_shapes import CODES as RECORD_SHAPES
from primum.use_cases.checks.record_shapes import record_shapes
from primum.use_cases.checks.rule_base import CODES as RULE_BASE
from primum.use_cases.checks.rule_base import rule_base
from primum.use_cases.checks.seed import CODES as SEED
from primum.use_cases.checks.seed import seed
from primum.use_cases.checks.shapes import of_kind
from primum.use_cases.checks.sources import CODES as SOURCES
from primum.use_cases.checks.sources import sources
from primum.use_cases.checks.syntax import CODES as SYNTAX
from primum.use_cases.checks.syntax import syntax

CHECKS = (
    Check("syntax", "that each file parses", syntax, SYNTAX),
    Check("imports", "imports and catalog", imports, IMPORTS),
    of_kind("rule"),
    of_kind("term"),
    Check("profile", "the OWL 2 DL profile", profile, PROFILE, apart=True),
    Check("datatypes", "the datatypes of axioms", datatypes, DATATYPES),
    Check("consistency", "consistency, with HermiT", consistency, CONSISTENCY),
    Check("fragment", "that each axiom and each rule compiles", fragment, FRAGMENT),
    Check("rule-base", "what the rules say together", rule_base, RULE_BASE),
    Check("record-shapes", "the shapes of case records", record_shapes, RECORD_SHAPES),
    Check("queries", "the quality-control queries", queries, QUERIES, codes_of_queries),
    Check("labels", "that labels are used once", labels, LABELS),
    Check("sources", "sources and the places in them", sources, SOURCES),
    Check("deprecated", "the use of retired terms", deprecated, DEPRECATED),
    Check("mappings", "the mappings to public vocabularies", mappings, MAPPINGS),
    Check("seed", "the statements of the seed document", seed, SEED),
)
