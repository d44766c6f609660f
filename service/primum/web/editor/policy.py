"""What the pages of the editor may load and do (Content Security Policy, level 3).

Nothing comes from another origin and nothing goes there; no page runs a script that stands in it.
"""

from typing import Final

# YASGUI 4.6.2 writes three constant styles into its page. Each is let through by its hash, so that
# no other style in the page is; tests/editor/ sees a browser find nothing else to refuse.
_YASGUI_STYLES: Final = (
    "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='",  # columns that can be resized
    "'sha256-c0O6TmFAkgpNbHxKAa1BrveWHHopjEtC47i0PzMudxg='",  # the cursor while one is
    "'sha256-EntWS0hFrz2vH7susM+dPUxvHlL6sBswmM8K80E5oUk='",  # what a line was expected to hold
)
_ALWAYS: Final = (
    "default-src 'none'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
PLAIN: Final = f"{_ALWAYS}; style-src 'self'"
"""For pages without a script."""
EDITOR: Final = (
    f"{_ALWAYS}; script-src 'self'; connect-src 'self'; "
    f"style-src 'self' 'unsafe-hashes' {' '.join(_YASGUI_STYLES)}"
)
"""For the page that runs YASGUI; `unsafe-hashes` lets the third stand in an attribute."""
