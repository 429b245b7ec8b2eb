"""Who runs the survey of an edition, and when its questions can be answered: None, or a Refusal with its reason."""

import datetime as dt
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import Edition, Survey, SurveyLink
from creativecities.conference.queries.needs import last_day_of
from creativecities.conference.rules import editions
from creativecities.core import days
from creativecities.core.refusal import Refusal


def prepare(person: Any, survey: Survey, opens_on: dt.date, closes_on: dt.date) -> Refusal | None:
    """The Secretariat, for days from the last one of the conference on; of one that is open only the end changes."""
    if refusal := editions.run(person, survey.edition) or ready(survey.edition):
        return refusal
    if survey.state not in (states.PREPARED, states.OPEN):
        return closed()
    if survey.state == states.OPEN and opens_on != survey.opens_on:
        return Refusal(_("The survey is open: only its end can be changed."), code="open")
    return _sound(survey.edition, opens_on, closes_on)


def _sound(edition: Edition, opens_on: dt.date, closes_on: dt.date) -> Refusal | None:
    if edition.last_day is None or opens_on < edition.last_day:
        return Refusal(_("The survey opens on the last day of the conference or later."), code="too-early")
    if closes_on <= max(opens_on, days.today()):
        return Refusal(_("The survey closes after the day it opens, and not in the past."), code="too-short")
    if closes_on > (last := last_day_of(edition)) + dt.timedelta(days=1):
        said = _("Names and addresses are deleted after %(day)s, the last day on which the survey can be open.")
        return Refusal(said % {"day": date_format(last, "DATE_FORMAT")}, code="too-late")
    return None


def ready(edition: Edition) -> Refusal | None:
    """Whether there is something to ask."""
    if definition.listed(edition.settings, "survey"):
        return None
    return Refusal(_("Write the questions first."), code="no-questions")


def answer(survey: Survey, link: SurveyLink) -> Refusal | None:
    """Whoever has the link, once, while the survey is open."""
    if survey.state != states.OPEN or survey.closes_on <= days.today():
        return closed()
    return answered() if link.has_answered else None


def closed() -> Refusal:
    """Why nothing more is answered."""
    return Refusal(_("The survey is closed."), code="closed")


def answered() -> Refusal:
    """Why a link works once."""
    return Refusal(_("This link was used already: everybody answers once."), code="answered")
