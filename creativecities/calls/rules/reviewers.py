"""Who is asked to read files, who answers for themselves, and what comes before any file is shown."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.models import Application, Call, Conflict, Reviewer
from creativecities.calls.rules.calls import announced
from creativecities.calls.rules.evaluation import clear
from creativecities.core import access
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate

REMIND_AFTER = dt.timedelta(hours=24)
"""Nobody is reminded more often."""
SEES_ALL = ("secretariat", "head-of-the-network")


def visible_to(person: Any) -> Q:
    """One's own part in a call that is published; the Secretariat sees all."""
    if network.is_secretariat(person):
        return Q()
    return Q(person=person.pk) & ~Q(call__state=states.DRAFT) if person.is_authenticated else Q(pk__in=())


def manage(person: Any, call: Call) -> Refusal | None:
    """The Secretariat, in a call that was published and stands, until its decision is announced."""
    if refusal := network.only_secretariat(person):
        return refusal
    if call.state != states.PUBLISHED:
        return Refusal(_("Reviewers are asked once the call is published."), code="not-published")
    return announced(call)


def invite(by: Any, call: Call, person: Any, city: City | None) -> Refusal | None:
    """Once in a call; for a city somebody of its team, while it is a member; nobody who sees every file anyhow."""
    if refusal := manage(by, call):
        return refusal
    if refusal := _sees_all(person):
        return refusal
    if city is not None and (refusal := _of_member(person, city)):
        return refusal
    if Reviewer.objects.filter(call=call, person=person.pk).exists():
        return Refusal(_("This person has been asked in this call already."), code="invited-already")
    return None


def invite_again(by: Any, reviewer: Reviewer) -> Refusal | None:
    """The Secretariat; nobody who sees every file by now."""
    return manage(by, reviewer.call) or _sees_all(reviewer.person)


def _sees_all(person: Any) -> Refusal | None:
    if access.roles(person) & set(SEES_ALL):
        return Refusal(_("Who sees every file anyhow is no reviewer."), code="sees-all")
    return None


def _of_member(person: Any, city: City) -> Refusal | None:
    if not network.is_member(city):
        return Refusal(_("This city was a member; it is no longer."), code="not-a-member")
    if not network.team_cities(person).filter(city=city).exists():
        return Refusal(_("Only the team of a city reads files for it."), code="not-the-team")
    return None


def own(person: Any, reviewer: Reviewer) -> Refusal | None:
    """Each answers for themselves."""
    if reviewer.person_id == person.pk:
        return None
    return Refusal(_("Each reviewer answers for themselves."), code="not-oneself", status=403)


def accept(person: Any, reviewer: Reviewer) -> Refusal | None:
    """Who was asked, while the call stands and, for a city, while they are of its team and it is a member."""
    if refusal := own(person, reviewer) or _stands(reviewer.call) or _sees_all(person):
        return refusal
    return _of_member(person, reviewer.city) if reviewer.city else None


def _stands(call: Call) -> Refusal | None:
    if call.state != states.PUBLISHED:
        return Refusal(_("This call was withdrawn."), code="call-withdrawn")
    return None


def promise(person: Any, reviewer: Reviewer) -> Refusal | None:
    """Who has accepted, once."""
    if refusal := own(person, reviewer):
        return refusal
    if reviewer.state != states.ACCEPTED:
        return Refusal(_("Accept the invitation first."), code="not-accepted")
    if reviewer.confided_at is not None:
        return Refusal(network.UNCHANGED, code="unchanged")
    return None


def declare(person: Any, reviewer: Reviewer, *, later: bool) -> Refusal | None:
    """Who has accepted and promised to keep confidence; a conflict alone comes later, after the declaration."""
    if refusal := own(person, reviewer):
        return refusal
    if reviewer.state != states.ACCEPTED or reviewer.confided_at is None:
        return Refusal(_("Promise to keep confidence first."), code="not-promised")
    if later and reviewer.declared_at is None:
        return Refusal(_("Declare first what ties you to any of the candidates."), code="not-declared")
    return None


def declared(kind: str, detail: str) -> Refusal | None:
    """A conflict is declared by its type, with a word on it."""
    if kind not in Conflict.DECLARED:
        return Refusal(_("Say what kind of conflict it is."), code="no-kind")
    if not detail:
        return Refusal(_("Say in a few words what ties you to the candidate."), code="no-detail")
    return None


def leave(person: Any, reviewer: Reviewer, reason: str) -> Refusal | None:
    """Oneself or the Secretariat, with a reason."""
    if refusal := network.only_secretariat(person) and own(person, reviewer):
        return refusal
    if not reason:
        return Refusal(_("Say why, in a few words."), code="no-reason")
    return None


def may_be_reminded(reviewer: Reviewer) -> bool:
    """Whether an answer or a declaration is missing and the last mail is a day old."""
    is_waiting = reviewer.state == states.INVITED or (
        reviewer.state == states.ACCEPTED and reviewer.declared_at is None
    )
    return is_waiting and (reviewer.reminded_at or reviewer.at) <= timezone.now() - REMIND_AFTER


def assign(by: Any, reviewer: Reviewer, application: Application) -> Refusal | None:
    """The Secretariat, a file in evaluation, to who has declared and is in no conflict with it."""
    if refusal := manage(by, reviewer.call) or clear(by, application):
        return refusal
    if application.call_id != reviewer.call_id or application.state != states.ELIGIBLE:
        return Refusal(_("Only a file in evaluation is given to reviewers."), code="not-in-evaluation")
    if reviewer.state != states.ACCEPTED or reviewer.declared_at is None:
        return Refusal(_("This reviewer has not declared yet: no file can be given."), code="not-declared")
    if reviewer.city is not None and not network.is_member(reviewer.city):
        return Refusal(_("This city was a member; it is no longer."), code="not-a-member")
    if conflict := Conflict.objects.filter(reviewer=reviewer, application=application).first():
        words = {"kind": conflict.get_kind_display()}
        return Refusal(_("A conflict stands against it: %(kind)s.") % words, code="conflict")
    return None


def focal_points(call: Call) -> Q:
    """Mandates of those who can be asked for their city in one step: the focal points, not asked in this call yet."""
    asked = Reviewer.objects.filter(call=call)
    return Q(role=Mandate.Role.FOCAL_POINT, person__is_active=True) & ~Q(person__in=asked.values("person")) & ~Q(
        city__in=asked.exclude(state__in=[states.DECLINED, states.LEFT]).exclude(city=None).values("city")
    )  # fmt: skip
