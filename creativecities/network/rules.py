"""Who may do what now: None, or a Refusal with its reason."""

from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.core import access
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal
from creativecities.network.models import City, CityName, Mandate, Picture


def roles_of(person: Any) -> frozenset[str]:
    """The roles of the mandates a person holds today, and `city-team` for those who may edit a city."""
    today = timezone.localdate()
    held = set(Mandate.objects.filter(person_id=person.pk).on(today).values_list("role", flat=True))
    if held & set(Mandate.TEAM_ROLES):
        held.add("city-team")
    return frozenset(held)


def mandates_visible_to(person: Any) -> Q:
    """Mayors in office are public; signed-in members see focal points; the rest is for oneself and the Secretariat."""
    today = timezone.localdate()
    query = Q(role="mayor", start__lte=today) & (Q(end__isnull=True) | Q(end__gt=today))
    if not person.is_authenticated:
        return query
    held = access.roles(person)
    if "secretariat" in held:
        return Q()
    if held:
        in_force = Q(start__lte=today) & (Q(end__isnull=True) | Q(end__gt=today))
        query |= Q(role__in=("focal-point", "alternative-contact")) & in_force
    return query | Q(person_id=person.pk)


def is_secretariat(person: Any) -> bool:
    """A robot that works for the Secretariat, or a person with its mandate today. Visitors have no `pk` either."""
    return isinstance(person, Robot) or "secretariat" in access.roles(person)


def team_cities(person: Any) -> QuerySet[Mandate, Any]:
    """The ids of the cities in whose team the person is today, to be used inside another statement."""
    held = Mandate.objects.filter(person_id=person.pk, role__in=Mandate.TEAM_ROLES)
    return held.on(timezone.localdate()).values("city_id")


def cities_editable_by(person: Any) -> Q:
    """A team edits its own city, the Secretariat every one."""
    return Q() if is_secretariat(person) else Q(pk__in=team_cities(person))


def edit_city(person: Any, city: City) -> Refusal | None:
    """The city's team of today and the Secretariat."""
    if is_secretariat(person) or team_cities(person).filter(city=city).exists():
        return None
    return Refusal(
        _("Only the team of this city and the Secretariat may change this page."),
        remedy=_("The Secretariat opens a mandate for you when the mayor's office asks for it."),
        code="not-the-team",
        status=403,
    )


def rename_city(person: Any, city: City) -> Refusal | None:
    """The English name is the network's: only the Secretariat changes it."""
    if is_secretariat(person):
        return None
    return Refusal(
        _("The English name is changed by the Secretariat, so that lists and archives stay in step."),
        remedy=_("Write to the Secretariat with the decision by which the city was renamed."),
        code="secretariat-only",
        status=403,
    )


def remove_name(person: Any, name: CityName) -> Refusal | None:
    """Every name but the present English one can go; the files do not bring it back."""
    if refusal := edit_city(person, name.city):
        return refusal
    if name.kind != CityName.CURRENT:
        return None
    return Refusal(_("This is the present English name: it can be changed, not taken away."), code="present-name")


def build_on_version(opened: int, *, newest: int, fewest: int) -> Refusal | None:
    """A form names the version it was opened with; one that was never there is refused."""
    if fewest <= opened <= newest:
        return None
    return Refusal(
        _("This form names a version that does not exist."),
        remedy=_("What you typed is below, on top of the present version: look it over and save again."),
        code="forged-version",
        status=400,
    )


def take_down_picture(person: Any, picture: Picture) -> Refusal | None:
    """Only the Secretariat takes a picture down and puts it back."""
    if is_secretariat(person):
        return None
    return Refusal(_("Only the Secretariat takes pictures down."), code="secretariat-only", status=403)


def show_picture(person: Any, picture: Picture) -> Refusal | None:
    """A picture the team has withdrawn can be shown again by the team; one taken down only by the Secretariat."""
    if refusal := edit_city(person, picture.city):
        return refusal
    if picture.state == Picture.TAKEN_DOWN and not is_secretariat(person):
        return Refusal(
            _("The Secretariat has taken this picture down: %(reason)s") % {"reason": picture.reason},
            remedy=_("Answer the Secretariat, who can show it again."),
            code="taken-down",
            status=403,
        )
    return None


def files_visible_to(person: Any) -> Q:
    """Published files are everybody's; those who may edit a city also see its withdrawn pictures."""
    query = Q(is_public=True)
    if not access.roles(person):
        return query
    pictures = Picture.objects.all()
    if not is_secretariat(person):
        pictures = pictures.filter(city__in=team_cities(person))
    ids = pictures.values("file_id")
    return query | Q(pk__in=ids) | Q(derived_from__in=ids)


def events_of(cities: Any) -> Q:
    """The events about some cities (a queryset or list), their pictures and their mandates."""
    things = {
        "network.city": City.objects.filter(pk__in=cities).values(text=Cast("pk", CharField())),
        "network.picture": Picture.objects.filter(city__in=cities).values(text=Cast("pk", CharField())),
        "network.mandate": Mandate.objects.filter(city__in=cities).values(text=Cast("pk", CharField())),
    }
    query = Q(pk__in=())
    for label, ids in things.items():
        query |= Q(subject_label=label, subject_id__in=ids)
    return query


def events_visible_to(person: Any) -> Q:
    """The Secretariat reads the whole trail, a team that of its city."""
    if is_secretariat(person):
        return ~Q(pk__in=())
    return events_of(team_cities(person)) if "city-team" in access.roles(person) else Q(pk__in=())


def only_secretariat(person: Any) -> Refusal | None:
    """For what the Secretariat alone decides."""
    if is_secretariat(person):
        return None
    return Refusal(_("Only the Secretariat may do this."), code="not-secretariat", status=403)


def decide_on_reference_data(person: Any) -> Refusal | None:
    """Choose between what a person wrote and what the files say."""
    return only_secretariat(person)


def register() -> None:
    """Tell the kernel the network's roles and audiences."""
    access.register_roles(roles_of)
    access.register_event_rule(events_visible_to)
    access.register_audience("secretariat", is_secretariat)
    access.register_audience("city-team", lambda person: "city-team" in access.roles(person))
    access.register_audience("commission", lambda person: "commission-officer" in access.roles(person))
    access.register_audience("member", lambda person: bool(access.roles(person)))
