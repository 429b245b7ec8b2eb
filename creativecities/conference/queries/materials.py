"""The materials of a session as one person may have them."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from creativecities.conference.models import Material, Session
from creativecities.conference.rules import materials as rules
from creativecities.core import freshness
from creativecities.network import rules as network
from creativecities.network.models import City


def of_session(person: Any, guid: str) -> list[Material]:
    """What a person may have; what everybody may is kept until the next write. At most one statement."""
    return _of(person, guid) if person.is_authenticated else _public(guid)


@freshness.kept(maxsize=200)
def _public(guid: str) -> list[Material]:
    return _of(AnonymousUser(), guid)


def _of(person: Any, guid: str) -> list[Material]:
    found = Material.objects.visible_to(person).filter(session__guid=guid)
    return list(found.select_related("file", "city"))


def to_remove(person: Any, session: Session) -> QuerySet[Material]:
    """What a person may take away from a session."""
    return Material.objects.visible_to(person).filter(rules.removable(person), session=session)


def has_part(person: Any, session: Session) -> bool:
    """Whether a person adds or removes materials of a session. One statement at most."""
    if not person.is_authenticated or network.is_secretariat(person):
        return bool(person.is_authenticated)
    added = City.objects.filter(pk__in=network.team_cities(person)).filter(
        pk__in=session.materials.filter(city__isnull=False).order_by().values("city")
    )
    cities: QuerySet[City] = rules.speaking_cities(person, session) | added
    return cities.exists()


def may_add(person: Any, session: Session) -> list[City | None]:
    """For whom a person adds materials: cities from which somebody speaks; None is the Secretariat. One statement."""
    if not person.is_authenticated:
        return []
    office: list[City | None] = [None] if network.is_secretariat(person) else []
    return [*office, *rules.speaking_cities(person, session)]
