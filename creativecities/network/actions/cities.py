"""What a city's team and the Secretariat write about a city: its names, its contact, its links."""

import datetime as dt
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import days
from creativecities.core.action import action, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules
from creativecities.network.actions import listing
from creativecities.network.compute.scripts import script_of
from creativecities.network.models import City, CityLink, CityName

CONTACT = ("office", "office_email", "website")
LOCAL_NAME = ("local_name", "local_language")
PARTS = {"contact": CONTACT, "local-name": LOCAL_NAME, "english-name": ("name",)}
"""The columns of a city that are written together, by the name of their form."""


class Conflict(Refusal):
    """Somebody else has saved the same part since this form was opened.

    `opened` and `theirs` hold the values of the part by name of field, as they were then and as they are now.
    """

    def __init__(self, *, by_name: str, at: dt.datetime, opened: dict[str, Any], theirs: dict[str, Any]) -> None:
        super().__init__(
            _("%(name)s has saved this part since you opened it.") % {"name": by_name},
            remedy=_("Nothing you typed is lost. Compare the two below, then save again."),
            code="conflict",
        )
        self.by_name, self.at, self.opened, self.theirs = by_name, at, opened, theirs


@step
def hold(city: City, part: str, opened: int) -> int:
    """Take the city for the length of this transaction; returns the number of the version that is being made.

    Raises Conflict when the same part was saved after version `opened`, Refusal when there was no such version.
    """
    City.objects.filter(pk=city.pk).update(version=F("version") + 1)
    city.refresh_from_db()
    if refusal := rules.build_on_version(opened, newest=city.version - 1, fewest=1):
        raise refusal
    newer = list(Event.objects.about(city).filter(facts__part=part, facts__version__gt=opened).order_by("pk"))
    if newer:
        raise Conflict(
            by_name=newer[-1].actor_name, at=newer[-1].at, opened=newer[0].facts["before"],
            theirs=newer[-1].facts["after"],
        )  # fmt: skip
    return city.version


def _change_fields(city: City, part: str, values: dict[str, str], *, opened: int, by: Person) -> Event:
    """Write some columns of the city, with what they held before in the event."""
    version = hold(city, part, opened)
    before = {name: getattr(city, name) for name in values}
    if before == values:
        raise Refusal(rules.UNCHANGED, code="unchanged")
    for name, value in values.items():
        setattr(city, name, value)
    city.save(update_fields=list(values))
    kind = f"network.city.{part.replace('-', '_')}_changed"
    return record(kind, city, by=by, part=part, version=version, before=before, after=values)


@action
def change_contact(city: City, *, office: str, office_email: str, website: str, opened: int, by: Person) -> Event:
    """Write to whom one can turn in the city."""
    if refusal := rules.edit_city(by, city):
        raise refusal
    values = {"office": office, "office_email": office_email, "website": website}
    return _change_fields(city, "contact", values, opened=opened, by=by)


@action
def change_local_name(city: City, *, local_name: str, local_language: str, opened: int, by: Person) -> Event:
    """Write the city's name in its own language, which stands large beside the English one."""
    if refusal := rules.edit_city(by, city):
        raise refusal
    values = {"local_name": local_name, "local_language": local_language}
    event = _change_fields(city, "local-name", values, opened=opened, by=by)
    _replace_local(city, event.facts["before"]["local_name"])
    listing.rebuild(city)
    return event


def _replace_local(city: City, former: str) -> None:
    """The city is found by its present local name, and no more by the one that was replaced or taken away."""
    CityName.objects.filter(city=city, kind=CityName.LOCAL, name=former).delete()
    if city.local_name:
        CityName.objects.get_or_create(
            city=city, name=city.local_name, language=city.local_language, kind=CityName.LOCAL,
            defaults={"by_hand": True, "script": script_of(city.local_name)},
        )  # fmt: skip


@action
def rename(city: City, *, name: str, since: dt.date, opened: int, by: Person) -> Event:
    """Change the English name from a day on. The address stays; the name until then is kept as a former one.

    Raises Refusal when another city of the country has the name, or when the day is in the future.
    """
    if refusal := rules.rename_city(by, city):
        raise refusal
    if since > days.today():
        raise Refusal(_("A city is renamed on the day itself, not before."), code="future-date")
    if City.objects.filter(name=name, country=city.country_id).exclude(pk=city.pk).exists():
        raise Refusal(_("Another city of this country has that name."), code="name-taken")
    former = city.name
    event = _change_fields(city, "english-name", {"name": name}, opened=opened, by=by)
    CityName.objects.update_or_create(
        city=city, name=former, language="en", kind=CityName.FORMER,
        defaults={"end": since, "by_hand": True, "script": script_of(former)},
    )  # fmt: skip
    CityName.objects.filter(city=city, kind=CityName.CURRENT, name=former).update(name=name, by_hand=True)
    listing.rebuild(city)
    return event


@action
def add_name(
    city: City, *, name: str, language: str, kind: str, by: Person, start: dt.date | None = None,
    end: dt.date | None = None, source: str = "",
) -> Event:  # fmt: skip
    """Add a name by which the city is or was known; it can be found by it at once."""
    if refusal := rules.edit_city(by, city):
        raise refusal
    if CityName.objects.filter(city=city, name=name, language=language, kind=kind).exists():
        raise Refusal(_("This name is on the list already."), code="name-there")
    added = CityName.objects.create(
        city=city, name=name, language=language, kind=kind, start=start, end=end, source=source, by_hand=True,
        script=script_of(name),
    )  # fmt: skip
    listing.rebuild(city)
    return record("network.city.name_added", city, by=by, **_facts(added))


@action
def remove_name(name: CityName, *, by: Person) -> Event:
    """Take a name away that a person had added."""
    if refusal := rules.remove_name(by, name):
        raise refusal
    facts = _facts(name)
    if not CityName.objects.filter(pk=name.pk).delete()[0]:
        raise Refusal(_("Somebody was faster: this name is gone already."), code="state-changed")
    listing.rebuild(name.city)
    return record("network.city.name_removed", name.city, by=by, **facts)


def _facts(name: CityName) -> dict[str, Any]:
    return {
        "name": name.name,
        "language": name.language,
        "name_kind": name.kind,
        "start": name.start.isoformat() if name.start else None,
        "end": name.end.isoformat() if name.end else None,
        "source": name.source,
    }


@action
def replace_links(city: City, *, links: list[dict[str, str]], opened: int, by: Person) -> Event:
    """Write the list of links anew, in this order. Each has `label` and `url`."""
    if refusal := rules.edit_city(by, city):
        raise refusal
    version = hold(city, "links", opened)
    before = list(city.links.values("label", "url"))
    if before == links:
        raise Refusal(rules.UNCHANGED, code="unchanged")
    city.links.all().delete()
    CityLink.objects.bulk_create(CityLink(city=city, position=at, **link) for at, link in enumerate(links))
    facts = {"before": {"links": before}, "after": {"links": links}}
    return record("network.city.links_changed", city, by=by, part="links", version=version, **facts)


@action
def undo(city: City, event: Event, *, opened: int, by: Person) -> Event:
    """Put back what was there before an event: a new change on top, never a deletion of the old one."""
    if refusal := rules.edit_city(by, city):
        raise refusal
    before = event.facts.get("before", {})
    match event.kind.removeprefix("network.city."):
        case "contact_changed":
            return change_contact(city, **before, opened=opened, by=by)
        case "local_name_changed":
            return change_local_name(city, **before, opened=opened, by=by)
        case "links_changed":
            return replace_links(city, **before, opened=opened, by=by)
        case "name_added":
            return remove_name(_named(city, event), by=by)
        case "name_removed":
            return _add_again(city, event, by=by)
    raise Refusal(_("This cannot be undone here."), code="not-undoable")


UNDOABLE = frozenset(
    f"network.city.{what}"
    for what in ("contact_changed", "local_name_changed", "links_changed", "name_added", "name_removed")
)


def _named(city: City, event: Event) -> CityName:
    facts = event.facts
    name = city.names.filter(name=facts["name"], language=facts["language"], kind=facts["name_kind"]).first()
    if name is None:
        raise Refusal(_("Somebody was faster: this name is gone already."), code="state-changed")
    return name


def _add_again(city: City, event: Event, *, by: Person) -> Event:
    facts = event.facts
    start, end = (dt.date.fromisoformat(day) if day else None for day in (facts["start"], facts["end"]))
    return add_name(
        city, name=facts["name"], language=facts["language"], kind=facts["name_kind"], start=start, end=end,
        source=facts["source"], by=by,
    )  # fmt: skip
