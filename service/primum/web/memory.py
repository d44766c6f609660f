"""Memory that large answers took, given back to the system once they are sent."""

import ctypes
import sys
from typing import Final

_MMAP_THRESHOLD: Final = -3  # M_MMAP_THRESHOLD of <malloc.h>
_LARGE: Final = 2**20


def give_back_large_blocks() -> bool:
    """Let each large block have pages of its own, which go when it is freed; tells whether it does.

    The GNU library raises that threshold by itself to 32 MB, and then keeps what was freed: a few
    minutes of large answers left the process at four times its size.
    """
    if sys.platform != "linux":
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    return mallopt is not None and bool(mallopt(_MMAP_THRESHOLD, _LARGE))
