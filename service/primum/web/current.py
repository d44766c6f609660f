"""Which release is served now; another one takes its place all at once."""

from primum.web.served import Served


class Current:
    """Holds the release that is served; reading it is one step, so a request sees old or new."""

    def __init__(self, served: Served) -> None:
        """Serve a loaded release."""
        self._served = served

    @property
    def served(self) -> Served:
        """The release to answer the next request from."""
        return self._served

    def replace(self, served: Served) -> Served:
        """Serve another release from the next request on; gives the one served before."""
        before, self._served = self._served, served
        return before
