"""A call for tests: begun with the shipped template, dated around today, and published by an officer."""

import datetime as dt
from typing import Any

from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.calls.actions import calls as actions
from creativecities.calls.formats.templates import template
from creativecities.calls.models import Call
from creativecities.network.tests.factories import FieldFactory, RegionFactory

TITLES = {"title": {"en": "Call of the lamps", "fr": "Appel des lampes"}}


def dates(opens: int = -10, closes: int = 20, **more: int) -> dict[str, str]:
    """Days from now, at the hour it is, as the clock of Paris shows them."""
    names = {"opens_at": opens, "closes_at": closes, **more}
    walls = {name: timezone.now() + dt.timedelta(days=days) for name, days in names.items()}
    return {name: at.strftime("%Y-%m-%dT%H:%M") for name, at in walls.items()}


def draft(by: Person, slug: str = "2031", **days: int) -> Call:
    """Complete, not published."""
    FieldFactory()
    RegionFactory()
    call = actions.draft_call(slug, template("2025-practice"), by=by)
    actions.save_part(call, "dates", dates(**days), opened=call.version, by=by)
    actions.save_part(call, "about", TITLES, opened=call.version, by=by)
    return call


def published(by: Person, slug: str = "2031", **days: int) -> Call:
    """Open since ten days, for twenty more."""
    call = draft(by, slug, **days)
    actions.release(call, reason="", opened=call.version, by=by)
    call.refresh_from_db()
    return call


def typed(response: Any) -> dict[str, Any]:
    """What a page's form holds, as the browser sends it back."""
    form = response.context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, False, "", [])}
