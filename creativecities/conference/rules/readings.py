"""Who reads cases, and who says what of them: None, or a Refusal with its reason."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import definition
from creativecities.conference.models import CaseReader, CaseReading, Delegate, Edition
from creativecities.conference.rules import cases, editions
from creativecities.core.refusal import Refusal
from creativecities.exchange import states as exchange
from creativecities.exchange.models import Partner
from creativecities.network import rules as network
from creativecities.network.models import City, Mandate


def visible_to(person: Any) -> Q:
    """One's own, while one reads and stands by no city of the case; nobody sees even their own otherwise."""
    if network.is_secretariat(person):
        return ~Q(pk__in=())
    if not person.is_authenticated:
        return Q(pk__in=())
    own = Q(reader__person_id=person.pk, reader__state=states.ACCEPTED, place__isnull=False)
    return own & ~Q(case__state__in=(states.DRAFT, states.WITHDRAWN)) & _stands_by_none(person)


def _stands_by_none(person: Any) -> Q:
    """No city of the case is the reader’s, by mandate, by work or as sent; nor of their country, if so asked."""
    held = Mandate.objects.filter(person_id=person.pk)
    sent = Delegate.objects.filter(person_id=person.pk).exclude(state=states.WITHDRAWN)
    own = Q(pk__in=held.filter(city__isnull=False).values("city")) | Q(pk__in=sent.values("delegation__city"))
    cities = City.objects.filter(own).order_by()
    theirs = Q(city__in=cities.values("pk")) | Q(city=OuterRef("reader__city"))
    joined = Partner.objects.filter(theirs, initiative=OuterRef("case__initiative")).exclude(state=exchange.DECLINED)
    works_for = Q(reader__city__isnull=False) & (
        Q(case__city=F("reader__city")) | Q(case__initiative__lead=F("reader__city"))
    )
    compatriot = Q(case__city__country__in=cities.values("country")) | Q(
        case__city__country__in=held.filter(commission__isnull=False).values("commission__country")
    ) | Q(reader__city__isnull=False, case__city__country=F("reader__city__country"))  # fmt: skip
    strict = Edition.objects.filter(settings__cases__by_country=True).values("pk")
    stands = Q(case__city__in=cities.values("pk")) | Q(case__initiative__lead__in=cities.values("pk"))
    return ~stands & ~works_for & ~(Q(case__edition__in=strict) & compatriot) & Q(~Exists(joined))


def manage(person: Any, edition: Edition) -> Refusal | None:
    """The Secretariat asks readers and gives cases out."""
    return editions.run(person, edition)


def give_out(person: Any, edition: Edition) -> Refusal | None:
    """Once cities propose no more, for until then a case can be taken back."""
    if refusal := manage(person, edition):
        return refusal
    _first, last = cases.window(edition)
    if last is None or last > timezone.now():
        return Refusal(
            _("Cases are given to readers once the day until which cities propose has passed."), code="too-early"
        )
    return None


def ask(edition: Edition, person: Person) -> Refusal | None:
    """Everybody once, and nobody who decides."""
    if CaseReader.objects.filter(edition=edition, person=person).exists():
        return Refusal(_("This person is asked already."), code="there-already")
    if network.is_secretariat(person):
        return Refusal(_("The Secretariat decides on cases: it does not read them as well."), code="decides")
    return None


def own(person: Any, reader: CaseReader) -> Refusal | None:
    """One answers for oneself."""
    if reader.person_id == person.pk:
        return None
    return Refusal(_("Only who is asked answers."), code="not-asked", status=403)


def judge(person: Any, reading: CaseReading) -> Refusal | None:
    """Its reader, until it is handed in or the case is decided."""
    if network.is_secretariat(person) or not CaseReading.objects.visible_to(person).filter(pk=reading.pk).exists():
        return Refusal(_("This case is not with you any more."), code="not-with-you", status=403)
    if reading.case.state not in (states.SUBMITTED, states.RETURNED):
        return Refusal(_("This case is decided."), code="decided")
    if reading.state != states.OPEN:
        return Refusal(_("What you say of this case is handed in."), code="handed-in")
    return None


def hand_in(reading: CaseReading, points: Mapping[str, int], advice: str, reasons: str) -> Refusal | None:
    """With points by every criterion, an advice, and why."""
    asked = {each["key"] for each in definition.listed(reading.case.edition.settings, "rubric")}
    if missing := len(asked - points.keys()):
        return Refusal(_("Points are missing for %(number)d criteria.") % {"number": missing}, code="incomplete")
    if not advice:
        return Refusal(_("Say what you advise."), code="no-advice")
    if not reasons:
        return Refusal(_("Say why: the Secretariat decides by your reasons."), code="no-reason")
    return None


def give_back(person: Any, reading: CaseReading, reason: str) -> Refusal | None:
    """Its reader, with a reason."""
    return judge(person, reading) or (
        None if reason else Refusal(_("Say why, in a few words."), code="no-reason")
    )  # fmt: skip


def take_away(person: Any, reading: CaseReading) -> Refusal | None:
    """The Secretariat, from a reader who has not handed in."""
    return manage(person, reading.case.edition)
