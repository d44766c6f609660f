"""The log of requests: one line for each, which tells nothing of any patient."""

import logging
from typing import Final

from primum.web.observed import Observed

ACCESS: Final = "primum.web.access"
_LOG: Final = logging.getLogger(ACCESS)
_MILLI: Final = 1000


def write_access(seen: Observed) -> None:
    """Log one request: the rule of its route, never its path, query or body."""
    fields = {
        "request": seen.request_id,
        "method": seen.method,
        "route": seen.route or None,
        "status": seen.status,
        "milliseconds": round(seen.seconds * _MILLI, 3),
        "bytes": seen.size,
        "knowledge": seen.digest,
    }
    _LOG.info("answered", extra={"fields": fields})
