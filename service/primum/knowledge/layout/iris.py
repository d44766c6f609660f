"""IRIs and texts in the order of the OWL API, and the short form that it gives an IRI.

An IRI is compared by its namespace, then by what follows; the namespace ends where the longest XML
name begins that the IRI ends with (`XMLUtils`, `IRI.compareTo`). Java compares UTF-16 units.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from primum.foundation.names import OWL, RDF, RDFS, XML, XSD

_START = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d"
    "\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = _START + "\\-.0-9\u00b7\u0300-\u036f\u203f\u2040"
_SUFFIX = re.compile(f"[{_START}][{_MORE}]*\\Z")
_QNAME = re.compile(f"[{_START}][{_MORE}]*(?::(?:[{_START}][{_MORE}]*)?)?\\Z")

_DEFAULTS: Final = {"owl:": OWL, "rdfs:": RDFS, "rdf:": RDF, "xsd:": XSD, "xml:": XML}


@lru_cache(maxsize=65536)
def units(text: str) -> bytes:
    r"""A text as a key that sorts as Java sorts it.

    >>> units("\uffff") > units("\U0001f9b5")
    True
    """
    return text.encode("utf-16-be", "surrogatepass")


@lru_cache(maxsize=65536)
def split(iri: str) -> tuple[str, str]:
    """The namespace of an IRI and its local name, which is empty where it ends in no XML name.

    >>> split("https://example.org/a/10MG-B")
    ('https://example.org/a/10', 'MG-B')
    """
    found = _SUFFIX.search(iri)
    return (iri[: found.start()], found[0]) if found else (iri, "")


def iri_order(iri: str) -> tuple[bytes, bytes]:
    """A key that sorts IRIs."""
    namespace, name = split(iri)
    return units(namespace), units(name)


def _by_length(name: str) -> tuple[int, bytes]:
    """The order of prefixes: short ones first."""
    return len(units(name)), units(name)


class Prefixes:
    """The prefixes of a file, in the order in which they are written, and what they shorten."""

    __slots__ = ("_names", "_namespaces", "named")

    def __init__(self, stated: Mapping[str, str], ontology: str) -> None:
        """Take the prefixes that a file states; five more, and the empty one, are always there."""
        ends = ontology.endswith(("/", "#")) or "#" in ontology
        default = ontology if ends else ontology + "#"
        given = {f"{name}:": namespace for name, namespace in stated.items()}
        named = _DEFAULTS | {":": default} | given
        self.named = {name: named[name] for name in sorted(named, key=_by_length)}
        self._names: dict[str, str] = {}
        for name, namespace in self.named.items():
            self._names[namespace] = name
        self._namespaces = sorted(self._names, key=_by_length)

    def shorten(self, iri: str) -> str:
        """An IRI as it is written: with a prefix where one fits, in brackets where none does."""
        namespace, name = split(iri)
        prefix = self._names.get(namespace)
        short = self._by_prefix(iri) if prefix is None else prefix + name
        return f"<{iri}>" if not short or short.endswith(".") else short

    def _by_prefix(self, iri: str) -> str:
        """The IRI under the longest prefix after which a name stands, or nothing."""
        found = ""
        for namespace in self._namespaces:
            if iri.startswith(namespace) and _QNAME.match(iri, len(namespace)):
                found = iri.replace(namespace, self._names[namespace])
        return found
