"""The door: a request reaches the application whole or not at all, and a slow peer holds no thread.

The server in front speaks ASGI, the application behind speaks WSGI. See decision 12.
"""

from primum.web.door.door import Door
from primum.web.door.faults import BODY_FAULT, BUSY, BodyFault, ClientGone, IncompleteBody

__all__ = ["BODY_FAULT", "BUSY", "BodyFault", "ClientGone", "Door", "IncompleteBody"]
