"""What time it is."""

from datetime import UTC, datetime

from primum.model.dates import read_moment
from primum.model.moments import Moment


def now() -> Moment:
    """The present instant, to the second, in UTC."""
    return read_moment(datetime.now(UTC).replace(tzinfo=None).isoformat("T", "seconds") + "Z")
