"""Light or dark, as the reader chose: the page comes in its colours, and nobody gets somebody else's."""

import pytest
from django.test import Client

from creativecities.core.pagecache import Shelf

pytestmark = pytest.mark.django_db


def opening(client: Client, choice: str = "") -> str:
    """The page's first tag for a visitor with this cookie."""
    if choice:
        client.cookies["theme"] = choice
    text = client.get("/about/").content.decode()
    return text[text.index("<html") : text.index("<head")]


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_a_page_comes_in_the_colours_that_were_chosen(choice):
    assert f'data-theme="{choice}"' in opening(Client(), choice)


@pytest.mark.parametrize("choice", ["", "DARK", 'dark"', "x"])
def test_without_a_choice_the_page_follows_the_readers_system(choice):
    assert "data-theme" not in opening(Client(), choice)


def test_a_kept_page_is_kept_for_each_choice(page_cache: Shelf):
    assert "data-theme" not in opening(Client())
    assert 'data-theme="dark"' in opening(Client(), "dark")
    assert 'data-theme="light"' in opening(Client(), "light")
    assert "data-theme" not in opening(Client())
