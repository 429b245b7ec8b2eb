"""Who adds materials to a session, and who may have them: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.conference import states
from creativecities.conference.models import Delegate, Material, Session, SignUp, Speaker
from creativecities.conference.rules import editions
from creativecities.core import access
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import City

MOST = 30
"""Of a session."""
ASKED: dict[str, Any] = {"megabytes": 20, "formats": ["pdf", "docx"], "pages": None}
"""Of a file."""


def visible_to(person: Any) -> Q:
    """By whom it is for; the city that added it and the Secretariat have it in any case."""
    if network.is_secretariat(person):
        return ~Q(pk__in=())
    query = Q(readers=Material.Readers.PUBLIC)
    if not person.is_authenticated:
        return query & ~Q(session__edition__state=states.DRAFT)
    mine = Delegate.objects.coming().filter(person_id=person.pk)
    seats = SignUp.objects.filter(delegate__in=mine, number__isnull=False)
    speaks = Speaker.objects.filter(delegate__in=mine)
    query |= Q(readers=Material.Readers.SIGNED_UP) & (
        Q(session__in=seats.values("session")) | Q(session__in=speaks.values("session"))
    )
    if access.roles(person):
        query |= Q(readers=Material.Readers.MEMBERS)
    return (query & ~Q(session__edition__state=states.DRAFT)) | Q(city__in=network.team_cities(person))


def files_visible_to(person: Any) -> Q:
    """The files of the materials somebody may have; those for everybody are public files."""
    if not getattr(person, "is_authenticated", False):
        return Q(pk__in=())
    return Q(pk__in=Material.objects.visible_to(person).filter(file__isnull=False).order_by().values("file"))


def add(person: Any, session: Session, city: City | None) -> Refusal | None:
    """The Secretariat, or the team of a city from which somebody speaks there; only so many."""
    if city is None:
        if refusal := editions.run(person, session.edition):
            return refusal
    elif not speaking_cities(person, session).filter(pk=city.pk).exists():
        return Refusal(
            _("Materials are added by the Secretariat, and by the teams of cities from which somebody speaks."),
            code="not-speaking", status=403,
        )  # fmt: skip
    if session.materials.count() >= MOST:
        return Refusal(_("A session has at most %(number)d materials.") % {"number": MOST}, code="full")
    return None


def speaking_cities(person: Any, session: Session) -> Any:
    """The cities of one's teams from which somebody who comes speaks in a session."""
    spoken = Speaker.objects.filter(session=session, delegate__in=Delegate.objects.coming())
    return City.objects.filter(pk__in=network.team_cities(person)).filter(
        pk__in=spoken.values("delegate__delegation__city")
    )


def removable(person: Any) -> Q:
    """What one's cities have added, also when nobody of theirs speaks any more; the Secretariat removes all."""
    return ~Q(pk__in=()) if network.is_secretariat(person) else Q(city__in=network.team_cities(person))


def remove(person: Any, material: Material) -> Refusal | None:
    """The Secretariat, or the team of the city that added it."""
    if material.city_id and network.team_cities(person).filter(city=material.city_id).exists():
        return None
    return editions.run(person, material.session.edition)
