"""Why a query has no result, as the error that tells the caller."""

from typing import Final

from primum.foundation.errors import (
    InvalidQuery,
    PrimumError,
    ResultTooLarge,
    ServiceRefused,
    ServiceUnreachable,
    UnwritableResult,
)
from primum.use_cases.sparql.exchange import Failed

_CALL_AGAIN_SECONDS: Final = 10


def error_of(failed: Failed) -> PrimumError:
    """The error for what an engine said."""
    match failed.kind:
        case "large":
            return ResultTooLarge(
                f"{failed.detail} Ask for less, with LIMIT and OFFSET, or add stream=true."
            )
        case "service":
            return ServiceRefused(failed.detail, where="query", found=failed.found)
        case "unreachable":
            return ServiceUnreachable(failed.detail, _CALL_AGAIN_SECONDS)
        case "format":
            return UnwritableResult(failed.detail, where="format")
        case _:
            return InvalidQuery(
                failed.detail,
                where="query",
                found=failed.found,
                allowed=failed.allowed,
                line=failed.line,
                column=failed.column,
            )
