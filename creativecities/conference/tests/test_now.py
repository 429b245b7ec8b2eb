"""What is on now and next, as everybody reads it."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from creativecities.conference.actions import announcements
from creativecities.conference.tests import kit
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db


def hours(number: float) -> dt.datetime:
    return timezone.now() + dt.timedelta(hours=number)


def test_what_is_on_and_what_comes_next_and_what_is_told(client: Any, django_assert_num_queries: Any) -> None:
    edition, officer = kit.edition(starts_in=0), team.officer()
    for slug, first in (("past", -3), ("running", -0.5), ("coming", 0.8), ("later", 5)):
        kit.session(edition, slug, starts_at=hours(first), ends_at=hours(first + 1))
    kit.release(edition, by=officer)
    announcements.tell(edition, text="Bring a <coat>.", language="en", until=hours(2), by=officer)
    path = f"/conference/{edition.slug}/now/"
    text = client.get(path).content.decode()
    assert [f's-{slug}"' in text for slug in ("past", "running", "coming", "later")] == [False, True, True, False]
    assert text.index("s-running") < text.index("s-coming")
    assert "Bring a &lt;coat&gt;." in text
    assert client.get(path, headers={"HX-Request": "true"}).content.decode().startswith('<div class="stack" id="now"')
    with django_assert_num_queries(2):
        client.get(path)


def test_before_the_first_release_only_announcements_are_read(client: Any) -> None:
    edition = kit.edition(starts_in=0)
    assert "The programme is not released yet." in client.get(f"/conference/{edition.slug}/now/").content.decode()
    assert client.get("/conference/none-such/now/").status_code == 404


def test_the_page_of_an_edition_leads_there_while_it_is_held(client: Any) -> None:
    for slug, starts_in, is_on in (("over", -4, False), ("held", -1, True), ("ahead", 1, False)):
        edition = kit.edition(slug, starts_in=starts_in, number=None)
        path = f"/conference/{edition.slug}/"
        assert (f'href="{path}now/"' in client.get(path).content.decode()) is is_on
