"""When files that are being written have come to rest, so that half a file is taken for nothing."""

from typing import Final

from primum.web.watching.inputs import Stamps

REST_SECONDS: Final = 0.4
"""How long files must have stayed the same before anything is made of them."""


class Settling:
    """Sees files move and come to rest; times are seconds of a clock that never goes back."""

    def __init__(self, stamps: Stamps) -> None:
        """The files at rest, as they are now."""
        self._stamps = stamps
        self._began = self._moved = 0.0
        self.is_moving = False

    def look(self, stamps: Stamps, now: float) -> bool:
        """Whether files that had moved have come to rest by this look; it is told once."""
        if stamps != self._stamps:
            if not self.is_moving:
                self._began = now
            self._stamps, self._moved, self.is_moving = stamps, now, True
        elif self.is_moving and now - self._moved >= REST_SECONDS:
            self.is_moving = False
            return True
        return False

    def resting(self, now: float) -> float:
        """For how many seconds nothing has moved."""
        return now - self._moved

    @property
    def began(self) -> float:
        """When files began to move the last time."""
        return self._began
