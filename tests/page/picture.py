"""Take the picture that the README opens with: run by `make picture`.

    python tests/page/picture.py FILE

It shows the answer to the example question of the knowledge, as Chromium draws it.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright
from tests.web.wire import free_port, running

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_PRIMUM: Final = str(Path(sys.executable).with_name("primum"))
_WIDTH, _HEIGHT = 1120, 1690


def main(file: str) -> int:
    """Serve the release, look at the first page, and write what is seen."""
    path = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if path is None:
        print("There is no Chromium here: the picture stays as it is.")
        return 1
    port = free_port()
    with (
        running([_PRIMUM, "serve", "--port", str(port)], port, "/readyz"),
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        page.goto(f"http://127.0.0.1:{port}/")
        page.screenshot(path=file)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
