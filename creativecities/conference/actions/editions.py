"""The Secretariat begins an edition with the settings of another, writes it part by part, and announces it."""

import copy
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import definition, when
from creativecities.conference.compute.definition import Settings
from creativecities.conference.models import Edition, EditionHost
from creativecities.conference.notices import editions as notices
from creativecities.conference.rules import editions as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.core.words import flat
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.slug import numbered, plain_letters
from creativecities.network.models import City

Item = dict[str, Any]


@action(quiet=True)
def draft_edition(slug: str, *, year: int, source: Edition | None, by: Person) -> Edition:
    """Begin an edition with the settings and the zone of an earlier one, without its words, days and hosts."""
    if refusal := rules.run(by):
        raise refusal
    given: dict[str, Any] = {"year": year}
    if source:
        given |= {"settings": definition.cloned(source.settings), "zone": source.zone}
    edition, is_new = Edition.objects.get_or_create(slug=slug, defaults=given)
    if not is_new:
        raise Refusal(_("There is an edition of this name already."), code="name-there")
    record("conference.edition.drafted", edition, by=by, source=source.slug if source else "")
    return edition


@action
def save_part(edition: Edition, part: str, values: Item, *, opened: int, reason: str = "", by: Person) -> Event:
    """Write a part. Raises Conflict when somebody saved the same part meanwhile."""
    _hold(edition, [part], opened, by=by)
    before = when.said(edition) if part == "when" else copy.deepcopy(definition.part(edition.settings, part))
    after = before | values
    if refusal := rules.change(by, edition, part, before, after, reason=reason):
        raise refusal
    if part != "when":
        return _keep(edition, part, before, after, definition.with_part(edition.settings, part, after), by=by)
    try:
        with transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(**when.columns(after), reason=reason or edition.reason)
    except IntegrityError:  # another officer gave the same number to another edition in this moment
        raise rules.number_there() from None
    edition.refresh_from_db()
    event = _keep(edition, part, before, after, edition.settings, by=by, reason=reason)
    if reason:
        notices.told("changed", edition, reason=reason, event=event)
    return event


@action
def save_item(edition: Edition, name: str, key: str, values: Item, *, opened: int, by: Person) -> Event:
    """Write one place or one field of the form; without a key, a new one at the end."""
    _hold(edition, [f"{name}/{key}"] if key else [], opened, by=by)
    said = copy.deepcopy(edition.settings)
    item = definition.find(said, name, key) if key else None
    if key and item is None:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone")
    if item is None:
        item = {"key": _key(edition, name, values)}
        said.setdefault(name, []).append(item)
    before = copy.deepcopy(item)
    item.update(values)
    return _keep(edition, f"{name}/{item['key']}", before, item, said, by=by)


def _key(edition: Edition, name: str, values: Item) -> str:
    """A key that nothing in the list has or had: what people answer is kept under it."""
    words = values.get("label") or values.get("name") or {}
    plain = plain_letters(next(filter(None, words.values()), ""), most=40) or "item"
    edits = Event.objects.about(edition).filter(facts__part__startswith=f"{name}/")
    had = {str(part).partition("/")[2] for part in edits.values_list("facts__part", flat=True)}
    return numbered(plain, had | {item["key"] for item in definition.listed(edition.settings, name)})


@action
def move_item(edition: Edition, name: str, key: str, *, down: bool, opened: int, by: Person) -> Event:
    """Let an item change places with its neighbour."""
    _hold(edition, [], opened, by=by)
    said = copy.deepcopy(edition.settings)
    keys = [item["key"] for item in definition.listed(said, name)]
    at = keys.index(key) if key in keys else -1
    other = at + (1 if down else -1)
    if at < 0 or not 0 <= other < len(keys):
        raise Refusal(network.UNCHANGED, code="unchanged")
    said[name][at], said[name][other] = said[name][other], said[name][at]
    return _keep(edition, f"{name}/order", {}, {"key": key, "at": other}, said, by=by)


@action
def remove_item(edition: Edition, name: str, key: str, *, opened: int, by: Person) -> Event:
    """Take an item out. What was answered to a field stays until its own time is over."""
    _hold(edition, [f"{name}/{key}"], opened, by=by)
    said = copy.deepcopy(edition.settings)
    item = definition.find(said, name, key)
    if item is None:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone")
    said[name].remove(item)
    return _keep(edition, f"{name}/{key}", item, {}, said, by=by)


@action
def begin_list(edition: Edition, name: str, items: Sequence[Item], *, opened: int, by: Person) -> Event:
    """Fill a list in which nothing stands yet with what one usually begins with."""
    _hold(edition, [], opened, by=by)
    if definition.listed(edition.settings, name):
        raise Refusal(_("Somebody has written something here already."), code="not-empty")
    said = edition.settings | {name: copy.deepcopy(list(items))}
    return _keep(edition, f"{name}/order", {}, {"keys": [item["key"] for item in items]}, said, by=by)


@step
def _hold(edition: Edition, parts: list[str], opened: int, *, by: Person) -> None:
    """Take the edition for the length of this transaction: of two editors one waits, then sees the other."""
    Edition.objects.filter(pk=edition.pk).update(version=F("version") + 1)
    edition.refresh_from_db()
    if refusal := rules.run(by, edition) or network.build_on_version(opened, newest=edition.version - 1, fewest=1):
        raise refusal
    newer = list(Event.objects.about(edition).filter(facts__part__in=parts, facts__version__gt=opened).order_by("pk"))
    if newer:
        raise Conflict(
            by_name=newer[-1].actor_name, at=newer[-1].at, opened=newer[0].facts["before"],
            theirs=newer[-1].facts["after"],
        )  # fmt: skip


def _keep(
    edition: Edition, part: str, before: Item, after: Item, said: Settings, *, by: Person, **facts: Any
) -> Event:  # fmt: skip
    if before == after:
        raise Refusal(network.UNCHANGED, code="unchanged")
    Edition.objects.filter(pk=edition.pk).update(settings=said)
    edition.settings = said
    words = {"part": part, "version": edition.version, "before": flat(before), "after": flat(after)}
    return record("conference.edition.edited", edition, by=by, **words, **facts)


@action
def name_hosts(edition: Edition, cities: Sequence[City], *, by: Person) -> Event:
    """Write down which cities host an edition, where no vote of the member cities has said it."""
    if refusal := rules.run(by, edition):
        raise refusal
    if list(edition.hosts.values_list("city", flat=True)) == [city.pk for city in cities]:
        raise Refusal(network.UNCHANGED, code="unchanged")
    host(edition, cities)
    return record("conference.edition.hosted", edition, by=by, hosts=", ".join(city.name for city in cities))


@step
def host(edition: Edition, cities: Sequence[City]) -> None:
    """Let these cities be the hosts of an edition, in place of others."""
    edition.hosts.all().delete()
    for position, city in enumerate(cities):
        EditionHost.objects.create(
            edition=edition, position=position, city=city, name=city.name, country_id=city.country_id
        )


@action
def announce(edition: Edition, *, by: Person) -> Event:
    """Show an edition to everybody, for the first time or after it was postponed."""
    if refusal := rules.announce(by, edition):
        raise refusal
    was_postponed = edition.state == states.POSTPONED
    event = move(edition, "announce", by=by)
    Edition.objects.filter(pk=edition.pk).update(reason="")
    if was_postponed:
        notices.told("announced", edition, reason="", event=event)
    return event


@action
def postpone(edition: Edition, *, reason: str, by: Person) -> Event:
    """Say that an edition is not held on its days; new ones are written, then it is announced again."""
    return _stop(edition, "postpone", reason, by=by)


@action
def cancel(edition: Edition, *, reason: str, by: Person) -> Event:
    """Say that an edition is not held. Its page stays, with the reason."""
    return _stop(edition, "cancel", reason, by=by)


def _stop(edition: Edition, verb: str, reason: str, *, by: Person) -> Event:
    if refusal := rules.stop(by, edition, reason):
        raise refusal
    event = move(edition, verb, by=by, reason=reason)
    Edition.objects.filter(pk=edition.pk).update(reason=reason)
    edition.reason = reason
    notices.told(edition.MOVES[verb].event, edition, reason=reason, event=event)
    return event
