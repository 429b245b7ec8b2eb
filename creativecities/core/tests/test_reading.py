"""Sentences of events, addresses with odd beginnings, and the day of the network."""

import pytest
from django.utils import timezone

from creativecities.core import days, events, language


def test_a_day_among_the_facts_is_written_as_the_reader_writes_it():
    events.register({"test.mandate.opened": "from %(start)s"})
    said = events.sentence("test.mandate.opened", actor="A", subject="B", facts={"start": "2026-12-01"})
    assert said == "from Dec. 1, 2026"


@pytest.mark.parametrize("typed", ["2020-99-99", "2020-01-01", "x"])
def test_a_name_that_looks_like_a_day_stays_a_name(typed):
    events.register({"test.name.added": "%(name)s %(start)s"})
    facts = {"name": typed, "start": "2020-99-99"}
    assert events.sentence("test.name.added", actor="A", subject="B", facts=facts) == f"{typed} 2020-99-99"


@pytest.mark.parametrize("path", ["/fr//evil.example/x", "//evil.example/x", "/\\evil.example/", "/fr/\\/evil.example"])
def test_no_address_of_ours_begins_like_one_of_another_host(path):
    code, bare = language.split(path)
    assert not language.address(bare, "en").startswith(("//", "/\\"))
    assert code in ("en", "fr")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
def test_the_day_of_the_network_is_the_same_in_every_time_zone(zone):
    with timezone.override(zone):
        assert days.today() == timezone.now().astimezone(timezone.get_default_timezone()).date()
