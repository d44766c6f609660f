"""Query parameters: each known, each once unless it may repeat."""

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from primum.foundation.errors import InvalidValue, UnknownParameter


class Parameters:
    """The parameters of a request, checked against those that a route takes."""

    def __init__(
        self, given: MultiDict[str, str], *, single: Collection[str], repeated: Collection[str] = ()
    ) -> None:
        """Raise UnknownParameter for a name the route does not take, InvalidValue for a repeat."""
        self._given = given
        allowed = (*single, *repeated)
        there_are = f"there are {', '.join(allowed)}" if allowed else "this route takes none"
        for name in given:
            if name not in allowed:
                raise UnknownParameter(
                    f"There is no parameter {name!r}; {there_are}.",
                    where=name,
                    found=name,
                    allowed=allowed,
                )
            if name in single and len(given.getlist(name)) > 1:
                raise InvalidValue(
                    f"{name} is given more than once; it takes one value.",
                    where=name,
                    found=", ".join(given.getlist(name)),
                )

    def one(self, name: str) -> str | None:
        """The value of a parameter, or None where it is not given."""
        return self._given.get(name)

    def needed(self, name: str) -> str:
        """The value of a parameter that must be given."""
        value = self._given.get(name)
        if value is None:
            raise InvalidValue(f"The parameter {name} is missing.", where=name)
        return value

    def many(self, name: str) -> list[str]:
        """All values of a parameter that may repeat."""
        return self._given.getlist(name)
