"""Who sees a city's file, and what they may do with it now."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Invitation
from creativecities.calls import states
from creativecities.calls.compute import instants
from creativecities.calls.compute.checklist import Lack
from creativecities.calls.compute.definition import Definition, languages
from creativecities.calls.compute.links import ByLink
from creativecities.calls.models import Application, Assignment, Call, Completion, Contributor, Endorsement
from creativecities.calls.rules.evaluation import in_conflict
from creativecities.core import access, days
from creativecities.core.refusal import Refusal
from creativecities.core.text import fold
from creativecities.network import rules as network
from creativecities.network.models import Mandate

MOST_FILES = 5
"""How many files of one call a person can own: more are not a city's work."""


def visible_to(person: Any) -> Q:
    """Who prepares it; its commission once it was presented, the Secretariat once it was handed in; its reviewers.

    The head of the network sees what is in evaluation.
    """
    query = unfinished_visible_to(person)
    if not getattr(person, "is_authenticated", False):
        return Q() if network.is_secretariat(person) else query
    query |= Q(pk__in=Assignment.objects.visible_to_reviewer(person).values("application_id"))
    return query | on_desk_of(person)


def on_desk_of(person: Any) -> Q:
    """What the Secretariat and the head of the network see by their office.

    Never a file with which they are in conflict as reviewers, which they may have been before: to them it is not there.
    """
    held, query = access.roles(person), Q(pk__in=())
    if "secretariat" in held:
        query |= Q(submitted_at__isnull=False)
    if "head-of-the-network" in held:
        query |= Q(state__in=[states.ELIGIBLE, states.DESIGNATED, states.NOT_DESIGNATED])
    return query & ~Q(in_conflict(person, "pk"))


def unfinished_visible_to(person: Any) -> Q:
    """Who sees a file also as it stands, handed in or not: who prepares it, and its commission once presented."""
    if isinstance(person, ByLink):
        return Q(presented_at__isnull=False, call=person.call, country=person.country)
    if not getattr(person, "is_authenticated", False):
        return Q(pk__in=())
    query = Q(pk__in=Contributor.objects.filter(person_id=person.pk).values("application_id"))
    if "commission-officer" in access.roles(person):
        query |= Q(presented_at__isnull=False, country__in=commission_countries(person))
    return query


def commission_countries(person: Any) -> QuerySet[Mandate, Any]:
    """The countries for whose commission a person works today, to be used inside another statement."""
    held = Mandate.objects.filter(person_id=person.pk, role=Mandate.Role.COMMISSION_OFFICER)
    return held.on(days.today()).values("commission__country_id")


def deadline(application: Application) -> dt.datetime:
    """Until when this city hands in, its country's extensions included."""
    closes_at = application.call.closes_at
    assert closes_at is not None  # files are begun in published calls alone
    return instants.deadline(closes_at, application.call.extensions.all(), application.country_id)


def contributor(person: Any, application: Application) -> Contributor | None:
    """This person's part in the preparation of a file."""
    return application.contributors.filter(person_id=person.pk).first()


def begin(person: Any, call: Call, definition: Definition, facts: dict[str, Any]) -> Refusal | None:
    """While the call is open for the country, in one of its fields and languages, and not twice for a city."""
    return takes(call, definition, facts) or _once(person, call, facts)


def takes(call: Call, definition: Definition, facts: dict[str, Any]) -> Refusal | None:
    """Whether the call takes a file of this country, field and language now, whoever begins it."""
    return _takes_files(call, facts["country"].pk) or _asked_for(definition, facts)


def beginning_stands(invitation: Invitation) -> bool:
    """Whether who asked for a link to begin a file can still begin it."""
    call = Call.objects.filter(pk=invitation.payload["call"]).first()
    return call is not None and _takes_files(call, invitation.payload["facts"]["country"]) is None


def _takes_files(call: Call, country: str) -> Refusal | None:
    if call.state != states.PUBLISHED or call.opens_at is None or call.closes_at is None:
        return Refusal(_("This call takes no files."), code="not-open")
    if timezone.now() < call.opens_at:
        return Refusal(_("The call is not open yet."), code="opens-later")
    if timezone.now() >= instants.deadline(call.closes_at, call.extensions.all(), country):
        return Refusal(_("The deadline has passed."), code="too-late")
    return None


def _asked_for(definition: Definition, facts: dict[str, Any]) -> Refusal | None:
    if facts["field"].pk not in definition["rules"]["fields"]:
        return Refusal(_("The call is not open for this creative field."), code="other-field")
    if facts["language"] not in languages(definition):
        return Refusal(_("The call does not take answers in this language."), code="other-language")
    return None


def _once(person: Any, call: Call, facts: dict[str, Any]) -> Refusal | None:
    owned = Application.objects.filter(call=call, contributors__person=person.pk, contributors__role="owner")
    owned = owned.exclude(state=states.WITHDRAWN)  # who has given up may begin anew
    names = {fold(each) for each in owned.filter(country=facts["country"]).values_list("city_name", flat=True)}
    if fold(facts["city_name"]) in names:
        return Refusal(_("You have begun a file for this city already."), code="begun-already")
    if owned.count() >= MOST_FILES:
        return Refusal(_("Nobody owns more than %(most)d files of a call.") % {"most": MOST_FILES}, code="too-many")
    return None


def write(person: Any, application: Application, places: Iterable[str] = ()) -> Refusal | None:
    """Owner and editors; what was returned for completion opens only where something is missing, until its day.

    `places` are those of compute/checklist.py. A file that was not handed in stays writable after the deadline: what is
    typed is never lost, and serves the next call.
    """
    part = contributor(person, application)
    if part is None or part.role not in Contributor.WRITERS:
        return Refusal(_("You can read and comment this file, not write in it."), code="not-a-writer", status=403)
    if application.state == states.DRAFT:
        return None
    if application.state == states.RETURNED:
        return _in_completion(application, places)
    return Refusal(
        _("The file is handed in and stays as it is."),
        remedy=_("Until the deadline its owner can take it back and hand it in again."), code="handed-in",
    )  # fmt: skip


def open_completion(application: Application) -> Completion | None:
    """What a returned file waits for."""
    return application.completions.filter(closed_at__isnull=True).first()


def _in_completion(application: Application, places: Iterable[str]) -> Refusal | None:
    wanted = open_completion(application)
    if wanted is None or timezone.now() >= wanted.until:
        return Refusal(_("The time for completion is over."), code="too-late")
    if not all(covers(wanted.items, place) for place in places):
        return Refusal(_("Only what is missing can be added now."), code="not-asked-for")
    return None


def covers(items: Iterable[str], place: str) -> bool:
    """Whether a place is among those that wait for a completion, or in one of them."""
    return any(place == item or place.startswith(f"{item}/") for item in items)


def state_facts(application: Application, definition: Definition, facts: Mapping[str, Any]) -> Refusal | None:
    """In the call's fields and languages; country and field stay once the National Commission endorsed the file."""
    field, country = facts.get("field", application.field), facts.get("country", application.country)
    if field != application.field and field.pk not in definition["rules"]["fields"]:
        return Refusal(_("The call is not open for this creative field."), code="other-field")
    endorsed = Endorsement.objects.filter(application=application, state=states.ENDORSED)
    if (field, country) != (application.field, application.country) and endorsed.exists():
        return Refusal(
            _("The National Commission has endorsed the file for this country and this creative field."),
            remedy=_("Ask the commission to withdraw its endorsement first."), code="endorsed-in-field",
        )  # fmt: skip
    if facts.get("language", application.language) not in {application.language, *languages(definition)}:
        return Refusal(_("The call does not take answers in this language."), code="other-language")
    return None


def may_be_at(person: Any, place: str) -> bool:
    """Whether a person may still have a section of a file open: `calls.application/<code>/<section>`."""
    return Contributor.objects.filter(person_id=person.pk, application__code=place.split("/")[1]).exists()


def own(person: Any, application: Application) -> Refusal | None:
    """For what the owner alone does."""
    part = contributor(person, application)
    if part is None or part.role != Contributor.Role.OWNER:
        return Refusal(_("The owner of the file does this."), code="not-the-owner", status=403)
    return None


def submit(person: Any, application: Application, lacks: list[Lack]) -> Refusal | None:
    """The owner, before the deadline by the server's clock, when nothing is missing."""
    if refusal := own(person, application) or _in_time(application):
        return refusal
    if lacks:
        return Refusal(_("The file is not complete yet: see what is missing."), code="incomplete")
    return None


def _in_time(application: Application) -> Refusal | None:
    if application.call.state != states.PUBLISHED:
        return Refusal(_("This call was withdrawn."), code="call-withdrawn")
    if application.state == states.RETURNED:
        return _in_completion(application, ())
    if application.state != states.DRAFT:
        return Refusal(_("The file is handed in already."), code="handed-in")
    if timezone.now() >= deadline(application):
        return Refusal(
            _("The deadline has passed. The file was not handed in."),
            remedy=_("It is kept as it is; you can take it into the next call."), code="too-late",
        )  # fmt: skip
    return None


def take_back(person: Any, application: Application) -> Refusal | None:
    """The owner, until the deadline, for a file that is handed in."""
    if refusal := own(person, application):
        return refusal
    if application.state != states.SUBMITTED:
        return Refusal(_("Only a file that is handed in is taken back."), code="not-handed-in")
    if timezone.now() >= deadline(application):
        return Refusal(_("The deadline has passed: what was handed in counts."), code="too-late")
    return None


def give_up(person: Any, application: Application) -> Refusal | None:
    """The owner, until the decision."""
    if refusal := own(person, application):
        return refusal
    if application.state not in states.APPLICATION["give_up"].sources:
        return Refusal(_("This file is closed."), code="closed")
    return None


def present(person: Any, application: Application) -> Refusal | None:
    """The owner shows the file to the National Commission while it is being prepared."""
    if refusal := own(person, application):
        return refusal
    if application.state != states.DRAFT or application.presented_at is not None:
        return Refusal(_("The National Commission has this file already."), code="presented")
    return None
