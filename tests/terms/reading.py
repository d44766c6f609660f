"""Reading pages of terms: as they are sent, and as words."""

import html
import re

from flask.testing import FlaskClient

BLOCK = re.compile(r"</(?:dt|dd|li|p|h\d)>")
TAG = re.compile("<[^>]+>")


def page(client: FlaskClient, path: str, section: str = "") -> str:
    """The page of a term, or one section of it, as it is sent."""
    response = client.get(path)
    assert response.status_code == 200, response.text
    if not section:
        return response.text
    return response.text.split(f'<section aria-labelledby="{section}">')[1].split("</section>")[0]


def read(client: FlaskClient, path: str, section: str = "") -> str:
    """The words of a page, or of one section of it, without tags."""
    text = page(client, path, section)
    return " ".join(html.unescape(TAG.sub("", BLOCK.sub(" ", text))).split())
