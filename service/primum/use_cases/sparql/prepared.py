"""A question as an engine is asked it, with what was found in the query before."""

import msgspec

from primum.use_cases.sparql.exchange import Asked
from primum.use_cases.sparql.screening import Screened


def prepared(asked: Asked, screened: Screened) -> Asked:
    """The question with the services that it calls, and its FROM clauses where they are merged."""
    found = msgspec.structs.replace(asked, services=screened.services)
    if asked.graphs is not None or asked.named is not None:
        return found
    if len(screened.graphs) <= 1 and len(screened.named) <= 1:
        return found
    return msgspec.structs.replace(found, graphs=screened.graphs, named=screened.named)
