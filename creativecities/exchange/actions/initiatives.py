"""A city's team records an initiative, writes it further, and says whether it is public."""

from itertools import count
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from creativecities.accounts.models import Person
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import notices, rules
from creativecities.exchange.actions.partners import ask_all, join, name_partners
from creativecities.exchange.actions.pictures import hide_pictures, show_pictures
from creativecities.exchange.actions.translations import find_in_all_languages
from creativecities.exchange.actions.versions import keep, put
from creativecities.exchange.compute import when
from creativecities.exchange.compute.words import searchable
from creativecities.exchange.models import Initiative, InitiativeVersion, Reply
from creativecities.exchange.queries import loading, own
from creativecities.exchange.queries.written import PLAIN, written
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.slug import plain_letters
from creativecities.network.models import City

BY_THE_CITY = "city"


@action
def record_initiative(city: City, *, values: dict[str, Any], by: Person, publish: bool = False) -> Initiative:
    """Write down a new initiative that a city leads, as a draft or at once for everybody.

    `values` are some or all of those of `queries.written`; where they name no field, it is of the city's own. Raises
    Refusal when the city has recorded the same before.
    """
    if refusal := rules.record(by, city):
        raise refusal
    if Initiative.objects.filter(lead=city, title=values["title"], summary=values["summary"]).exists():
        raise Refusal(_("Your city has recorded this already: look at its list."), code="recorded-already")
    one = begin(city, {"fields": own.fields_of(city), **values}, by=by)
    if publish:
        _publish(one, by=by)
    return one


@step
def begin(city: City, values: dict[str, Any], *, by: Person, answer: Reply | None = None) -> Initiative:
    """A draft that a city leads, alone or with the city whose reply it accepts, with its first version."""
    one = create(city, values)
    name_partners(one, values.get("partners", []), by=by)
    if answer:
        join(one, answer, by=by)
    keep(one, by=by)
    record("exchange.initiative.recorded", one, by=by, city=city.name)
    return one


@step
def take_in(one: Initiative, answer: Reply, *, by: Person) -> None:
    """Let a further city join what an earlier reply has begun: a new version, so that no form open now undoes it."""
    _next_version(one)
    join(one, answer, by=by)
    keep(one, by=by)


@step
def create(city: City, values: dict[str, Any]) -> Initiative:
    """A draft at an address of its own, which two who record at the same time do not share."""
    plain = plain_letters(values["title"], most=80) or city.slug
    for number in count(1):
        slug = plain if number == 1 else f"{plain}-{number}"
        one, is_new = Initiative.objects.get_or_create(slug=slug, defaults={"lead": city, **_columns(values)})
        if is_new:
            _hang(one, values)
            return one
    raise AssertionError("numbers do not end")


def _columns(values: dict[str, Any]) -> dict[str, Any]:
    """What is written, as columns. Whatever a team saves is the city's own word."""
    days = when.read(values["starts_on"], values["ends_on"])
    return {
        **{name: values[name] for name in PLAIN if name in values},
        "starts_on": days.starts_on,
        "ends_on": days.ends_on,
        "precision": days.precision,
        "confidence": BY_THE_CITY,
        "search": searchable(values["title"], values["summary"]),
    }


def _hang(one: Initiative, values: dict[str, Any]) -> None:
    for name in loading.MANY.keys() & values.keys():
        loading.through(name)._default_manager.filter(initiative_id=one.pk).delete()
        put(name, ((one.pk, value) for value in values[name]))


@action
def save_initiative(one: Initiative, *, values: dict[str, Any], opened: int, by: Person) -> Event:
    """Make a new version on top of version `opened`, and ask the partner cities that were not named before.

    Raises Conflict when a newer version is there, Refusal when nothing differs or a partner cannot be taken away.
    """
    if refusal := rules.edit(by, one):
        raise refusal
    return _save(one, values, opened=opened, by=by)


@action
def restore_initiative(old: InitiativeVersion, *, opened: int, by: Person) -> Event:
    """Make a new version with the words of an old one. Partner cities stay as they are: they have answered since."""
    one = old.initiative
    if refusal := rules.edit(by, one):
        raise refusal
    words = {name: value for name, value in old.values.items() if name != "partners"}
    return _save(one, words, opened=opened, by=by, restored=old.number)


def _save(one: Initiative, values: dict[str, Any], *, opened: int, by: Person, **facts: int) -> Event:
    before = _hold(one, opened)
    if all(before[name] == value for name, value in values.items()):
        raise Refusal(network.UNCHANGED, code="unchanged")
    name_partners(one, values.get("partners", before["partners"]), by=by)
    Initiative.objects.filter(pk=one.pk).update(**_columns(before | values))
    _hang(one, values)
    one.refresh_from_db()
    find_in_all_languages(one)
    keep(one, by=by)
    return record("exchange.initiative.saved", one, by=by, number=one.version, **facts)


def _hold(one: Initiative, opened: int) -> dict[str, Any]:
    """Take the initiative for the length of this transaction; returns what it said until now.

    The UPDATE holds its row: of two editors one waits, then sees the other.
    """
    _next_version(one)
    newest = one.version - 1
    if refusal := network.build_on_version(opened, newest=newest, fewest=1):
        raise refusal
    before = written(one)
    if newest > opened:
        versions = {each.number: each for each in one.versions.filter(number__in=(opened, newest))}
        raise Conflict(
            by_name=versions[newest].person_name or _("The reference data"),
            at=versions[newest].at,
            opened=versions[opened].values if opened in versions else {},
            theirs=before,
        )
    return before


def _next_version(one: Initiative) -> None:
    keep(one)
    Initiative.objects.filter(pk=one.pk).update(version=F("version") + 1)
    one.refresh_from_db()


@action
def publish(one: Initiative, *, by: Person) -> Event:
    """Show an initiative to everybody, and ask its partner cities."""
    return _publish(one, by=by)


def _publish(one: Initiative, *, by: Person) -> Event:
    if refusal := rules.publish(by, one):
        raise refusal
    event = move(one, "publish", by=by)
    show_pictures(one, by=by)
    ask_all(one, by=by)
    notices.shown(one, event=event, by=by)
    return event


@action
def retire(one: Initiative, *, by: Person) -> Event:
    """Take an initiative out of lists, search and pages; the teams of its cities keep it."""
    if refusal := rules.retire(by, one):
        raise refusal
    event = move(one, "retire", by=by)
    hide_pictures(one, by=by)
    notices.shown(one, event=event, by=by)
    return event
