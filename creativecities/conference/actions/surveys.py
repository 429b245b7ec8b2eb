"""The survey of those who came: prepared, opened, answered, closed and published.

Answering writes two things that nothing joins, as the secret vote does: that a link was used, and what was answered.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.compute.surveying import FEWEST
from creativecities.conference.models import Edition, Survey, SurveyAnswer, SurveyLink
from creativecities.conference.notices import surveys as notices
from creativecities.conference.queries import surveys as queries
from creativecities.conference.rules import editions
from creativecities.conference.rules import surveys as rules
from creativecities.core.action import action, move, record, record_day, step
from creativecities.core.actor import Actor, Robot
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict

SOMEBODY = Robot("A participant")
"""Who answers is written down nowhere beside an hour."""


@action(quiet=True)
def prepare(edition: Edition, opens_on: dt.date, closes_on: dt.date, *, opened: int, by: Person) -> Event:
    """Say on which days the survey is open. Raises Conflict when somebody else did since version `opened`."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)  # of two who begin one, the second finds it
    kept = Survey.objects.select_for_update().filter(edition=edition).first()
    survey = kept or Survey(edition=edition, opens_on=opens_on, closes_on=closes_on)
    if refusal := rules.prepare(by, survey, opens_on, closes_on):
        raise refusal
    if kept:
        _change(kept, opens_on, closes_on, opened)
    else:
        survey.save()
    return record("conference.survey.prepared", survey, by=by, opens_on=str(opens_on), closes_on=str(closes_on))


@step
def _change(survey: Survey, opens_on: dt.date, closes_on: dt.date, opened: int) -> None:
    if refusal := network.build_on_version(opened, newest=survey.version, fewest=1):
        raise refusal
    if survey.version > opened:
        last = Event.objects.about(survey).filter(kind="conference.survey.prepared").latest("pk")
        theirs = {"opens_on": str(survey.opens_on), "closes_on": str(survey.closes_on)}
        raise Conflict(by_name=last.actor_name, at=last.at, opened={}, theirs=theirs)
    Survey.objects.filter(pk=survey.pk).update(opens_on=opens_on, closes_on=closes_on, version=F("version") + 1)


@action
def begin(survey: Survey, *, by: Actor) -> Event:
    """Open it on its day: the questions stay as they are from now on, and whoever came gets a link."""
    edition = Edition.objects.select_for_update().get(pk=survey.edition_id)  # nobody writes questions meanwhile
    if refusal := editions.run(by, edition) or rules.ready(edition):
        raise refusal
    event = move(survey, "open", by=by, columns={"questions": definition.listed(edition.settings, "survey")})
    _ask(survey, by=by)
    return event


@action(quiet=True)
def ask(survey: Survey, *, by: Actor) -> int:
    """Ask those who came and have no link yet, for doors hand in later what they saw."""
    if not Survey.objects.select_for_update().filter(pk=survey.pk, state=states.OPEN):
        raise rules.closed()
    return _ask(survey, by=by)


@step
def _ask(survey: Survey, *, by: Actor) -> int:
    waiting = {each.person_id or each.code: each for each in queries.to_ask(survey)}  # who comes for two cities: once
    links = SurveyLink.objects.bulk_create(SurveyLink(survey=survey, delegate=each) for each in waiting.values())
    Survey.objects.filter(pk=survey.pk).update(asked=F("asked") + len(links))
    for link in links:
        notices.asked(survey, link)
    record("conference.survey.asked", survey, by=by, number=len(links))
    return len(links)


@action(quiet=True)
def answer(link: SurveyLink, values: Mapping[str, Any], *, by: Actor) -> Event:
    """Answer by a link, once. The first UPDATE holds the survey: nothing comes while it is being closed."""
    if not Survey.objects.filter(pk=link.survey_id, state=states.OPEN).update(answered=F("answered") + 1):
        raise rules.closed()
    survey = Survey.objects.get(pk=link.survey_id)
    if refusal := rules.answer(survey, link):
        raise refusal
    if not SurveyLink.objects.filter(pk=link.pk, has_answered=False).update(has_answered=True):
        raise rules.answered()  # in another window, in this moment
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(survey=survey, question=key, value=value) for key, value in values.items()
    )
    return record_day("conference.survey.answered", survey, by=by)


@action(quiet=True)
def close(survey: Survey, *, by: Actor) -> Event:
    """Take no more answers, and write those there are anew in the order of random keys; the links likewise.

    From then on a link tells no more whether it was used, nor in which order: it leads to the word that it is over.
    """
    if refusal := editions.run(by, survey.edition):
        raise refusal
    event = move(survey, "close", by=by)
    kept = list(survey.answers.order_by("id").values_list("question", "value"))
    survey.answers.all().delete()
    made = [SurveyAnswer(survey=survey, question=question, value=value) for question, value in kept]
    SurveyAnswer.objects.bulk_create(sorted(made, key=lambda each: each.id))
    links = [SurveyLink(survey=survey, delegate_id=each.delegate_id, key=each.key) for each in survey.links.all()]
    survey.links.all().delete()
    SurveyLink.objects.bulk_create(sorted(links, key=lambda each: each.key))
    return event


@action
def publish(survey: Survey, *, by: Person) -> Event:
    """Show everybody the numbers; what was written stays with the Secretariat."""
    if refusal := editions.run(by, survey.edition):
        raise refusal
    if survey.answered < FEWEST:
        raise Refusal(_("Fewer than five people have answered: nothing of it is told."), code="too-few")
    return move(survey, "publish", by=by)


@action
def withdraw(survey: Survey, *, by: Person) -> Event:
    """Take the results from the public pages again."""
    if refusal := editions.run(by, survey.edition):
        raise refusal
    return move(survey, "withdraw", by=by)


@step
def forget_person(person: Person, *, by: Any) -> None:
    """Whether somebody who deletes their account was asked is known no longer."""
    SurveyLink.objects.filter(delegate__person=person).delete()
