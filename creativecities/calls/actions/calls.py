"""The Secretariat writes a call part by part, publishes it, changes it, extends it, or takes it back."""

import copy
import datetime as dt
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.compute import instants
from creativecities.calls.compute.definition import DATES, Definition, Item, find, inside, keys
from creativecities.calls.models import Call, CallVersion, Extension, Reviewer
from creativecities.calls.notices import reviewers as notices
from creativecities.calls.rules import calls as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.core.words import flat
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.slug import numbered, plain_letters


@action(quiet=True)
def draft_call(slug: str, definition: Definition, *, by: Person) -> Call:
    """Begin a call with what a template or an earlier call says, without the dates."""
    if refusal := rules.write(by):
        raise refusal
    said = copy.deepcopy(definition)
    said["dates"].update(dict.fromkeys(DATES, ""))
    call, is_new = Call.objects.get_or_create(slug=slug, defaults={"next": said})
    if not is_new:
        raise Refusal(_("There is a call of this name already."), code="name-there")
    record("calls.call.drafted", call, by=by)
    return call


@action(quiet=True)
def save_part(call: Call, part: str, values: Item, *, opened: int, by: Person) -> Event:
    """Write what stands once in a call. Raises Conflict when somebody saved the same part meanwhile."""
    _hold(call, [part], opened, by=by)
    before = call.next[part]
    after = before | values
    call.next[part] = after
    return _keep(call, part, before, after, by=by)


@action(quiet=True)
def save_item(call: Call, name: str, key: str, values: Item, *, opened: int, by: Person) -> Event:
    """Write one section, question, document, criterion or answer; without a key, a new one at the end."""
    part = f"{name}/{key}"
    _hold(call, [part] if key else [], opened, by=by)
    item = find(call.next, name, key) if key else None
    if key and item is None:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone")
    if item is None:
        item = {"key": _key(call, values)}
        call.next[name].append(item)
        part = f"{name}/{item['key']}"
    before = copy.deepcopy(item)
    item.update(values)
    for question in inside(call.next, name, item["key"]) if name == "questions" else ():
        question["section"] = item["section"]  # what stands in a block goes where the block goes
    return _keep(call, part, before, item, by=by)


def _key(call: Call, values: Item) -> str:
    """A key that nothing in the call has or had: answers are kept under it, also when a question is taken out."""
    text = values.get("label") or values.get("question") or {}
    taken = keys(call.next).union(*(keys(version.definition) for version in call.versions.all()))
    return numbered(plain_letters(next(filter(None, text.values()), ""), most=40) or "item", taken)


@action(quiet=True)
def move_item(call: Call, name: str, key: str, *, down: bool, opened: int, by: Person) -> Event:
    """Let an item change places with its neighbour; a question with that of its own section and block."""
    _hold(call, [], opened, by=by)
    items, item = call.next[name], find(call.next, name, key)
    beside = [each for each in items if item and _place(each) == _place(item)]
    at = beside.index(item) if item in beside else -1
    other = at + (1 if down else -1)
    if item is None or not 0 <= other < len(beside):
        raise Refusal(network.UNCHANGED, code="unchanged")
    first, second = items.index(item), items.index(beside[other])
    items[first], items[second] = items[second], items[first]
    return _keep(call, f"{name}/order", {}, {"key": key}, by=by)


def _place(item: Item) -> tuple[str, str]:
    return item.get("section", ""), item.get("block", "")


@action(quiet=True)
def remove_item(call: Call, name: str, key: str, *, opened: int, by: Person) -> Event:
    """Take an item out of the next version, with the questions that stand in it. Answers to them are kept."""
    going = inside(call.next, name, key)
    _hold(call, [f"{name}/{key}", *(f"questions/{each['key']}" for each in going)], opened, by=by)
    item, going = find(call.next, name, key), inside(call.next, name, key)
    if item is None:
        raise Refusal(_("Somebody has removed this meanwhile."), code="gone")
    call.next[name].remove(item)
    call.next["questions"] = [each for each in call.next["questions"] if each not in going]
    for paper in call.next["documents"] if name == "documents" else ():
        if paper["goes_with"] == key:
            paper["goes_with"] = ""
    return _keep(call, f"{name}/{key}", item, {}, by=by, went_along=[flat(each) for each in going])


@step
def _hold(call: Call, parts: list[str], opened: int, *, by: Person) -> None:
    """Take the call for the length of this transaction: of two editors one waits, then sees the other."""
    Call.objects.filter(pk=call.pk).update(version=F("version") + 1)
    call.refresh_from_db()
    if refusal := rules.write(by, call) or network.build_on_version(opened, newest=call.version - 1, fewest=1):
        raise refusal
    newer = list(Event.objects.about(call).filter(facts__part__in=parts, facts__version__gt=opened).order_by("pk"))
    if newer:
        raise Conflict(
            by_name=newer[-1].actor_name, at=newer[-1].at, opened=newer[0].facts["before"],
            theirs=newer[-1].facts["after"],
        )  # fmt: skip


def _keep(call: Call, part: str, before: Item, after: Item, *, by: Person, **more: Any) -> Event:
    if before == after:
        raise Refusal(network.UNCHANGED, code="unchanged")
    Call.objects.filter(pk=call.pk).update(next=call.next)
    facts = {"part": part, "version": call.version, "before": flat(before), "after": flat(after)} | more
    return record("calls.call.edited", call, by=by, **facts)


@action
def release(call: Call, *, reason: str, opened: int, by: Person) -> CallVersion:
    """Publish what the next version says; from then on it is what everybody reads."""
    Call.objects.filter(pk=call.pk).update(version=F("version") + 1)
    call.refresh_from_db()
    if call.version != opened + 1:
        raise Refusal(
            _("The call was edited since you opened this page: read what would be published."), code="forged-version"
        )
    last = call.versions.first()
    if refusal := rules.release(by, call, last.definition if last else None, reason):
        raise refusal
    number = last.number + 1 if last else 1
    version = CallVersion.objects.create(
        call=call, number=number, definition=call.next, reason=reason, person_id=by.pk, person_name=by.name
    )
    dates = instants.instants(call.next)
    Call.objects.filter(pk=call.pk).update(opens_at=dates["opens_at"], closes_at=dates["closes_at"])
    if call.state == states.DRAFT:
        move(call, "publish", by=by)
    else:
        record("calls.call.changed", call, by=by, number=number, reason=reason)
    return version


@action
def extend(call: Call, *, until: dt.datetime, country: str | None, reason: str, by: Person) -> Extension:
    """Give every city, or those of one country, more time."""
    Call.objects.filter(pk=call.pk).update(version=F("version") + 1)
    call.refresh_from_db()
    last = call.versions.first()
    published = last.definition if last else call.next
    now_until = instants.deadline(call.closes_at or until, call.extensions.all(), country or "")
    if refusal := rules.extend(by, call, published, until, now_until):
        raise refusal
    extension = Extension.objects.create(
        call=call, country_id=country, closes_at=until, reason=reason, at=timezone.now(), person_id=by.pk,
        person_name=by.name,
    )  # fmt: skip
    facts: dict[str, Any] = {"reason": reason, "closes_at": until.isoformat(), "country": country or ""}
    record("calls.call.extended", call, by=by, **facts)
    return extension


@action
def withdraw(call: Call, *, reason: str, by: Person) -> Event:
    """Take a published call back. Its page stays, with the reason; teams are told by the clock, reviewers at once."""
    if refusal := rules.withdraw(by, call, reason):
        raise refusal
    event = move(call, "withdraw", by=by, reason=reason)
    Call.objects.filter(pk=call.pk).update(reason=reason, withdrawn_at=event.at)
    for reviewer in Reviewer.objects.filter(call=call, state=states.ACCEPTED, person__is_active=True):
        notices.call_withdrawn(reviewer)
    return event
