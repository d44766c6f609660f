"""What can be wrong with a request before the application sees it, and how it is told.

OSError
├── IncompleteBody   raised where the application reads a body that does not arrive whole
└── ClientGone       ends a streamed answer that nobody takes any more
"""

from enum import StrEnum

BODY_FAULT = "primum.body_fault"
"""Key of the environ that holds a BodyFault where the body was refused; the body is then empty."""

TOO_MANY = "primum.too_many"
"""Key of the environ that is True where the caller has as many requests as one may have."""

BUSY = "primum.busy"
"""Key of the environ that is True where the request is not to be worked on; the body is empty."""


class BodyFault(StrEnum):
    """Why a body was not passed on."""

    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    INCOMPLETE = "incomplete"


_SENTENCES = {
    BodyFault.TOO_LARGE: "The request body is larger than is allowed.",
    BodyFault.TOO_SLOW: "The request body did not arrive in the time allowed.",
    BodyFault.INCOMPLETE: "The request body ended early or was malformed.",
}


class IncompleteBody(OSError):
    """A request body did not arrive whole; `fault` says why."""

    def __init__(self, fault: BodyFault) -> None:
        """Say what is wrong with the body."""
        super().__init__(_SENTENCES[fault])
        self.fault = fault


class ClientGone(OSError):
    """The client of a streamed answer left, or has not taken a byte for too long."""
