"""A National Commission endorses, ranks, declines, withdraws; it asks the city's team, and the team answers."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.calls import states
from creativecities.calls.actions import letters, links
from creativecities.calls.compute import files
from creativecities.calls.compute.definition import Definition
from creativecities.calls.models import Application, Call, Endorsement, Remark
from creativecities.calls.notices import endorsements as notices
from creativecities.calls.queries import applications as reading
from creativecities.calls.queries import endorsements as queries
from creativecities.calls.queries import links as doors
from creativecities.calls.rules import endorsements as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.actor import Actor
from creativecities.core.files import erase
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network.models import NationalCommission

MOST_TRIES = 20


@dataclass(frozen=True)
class Letter:
    """The commission's letter: the bytes of a PDF that was looked into, and the words where it was written here."""

    raw: bytes = b""
    words: str = ""
    language: str = ""

    def is_other_than(self, word: Endorsement) -> bool:
        """Whether it says something else than the letter that is there."""
        if self.words:
            return self.words != word.words
        digest = hashlib.sha256(self.raw).hexdigest()
        return bool(self.raw) and (word.letter is None or word.letter.digest != digest)


@action(quiet=True)
def endorse(application: Application, *, fingerprint: str, letter: Letter, by: Actor) -> Endorsement:
    """Endorse a file as it was read, also again. Takes the lowest free place of the country, or keeps the one it has.

    Without a new letter the one that is there stays.
    """
    from creativecities.calls.jobs import set_letter  # which calls this module

    links.prove("endorse", application, by=by)
    definition, content = _hold(application)
    there = Endorsement.objects.filter(application=application).select_related("letter").first()
    standing = there if there and there.state == states.ENDORSED else None
    has_letter = bool(letter.raw or letter.words or (there and (there.letter or there.words)))
    is_as_read = files.fingerprint(content) == fingerprint
    if refusal := rules.endorse(by, application, definition, has_letter=has_letter, is_as_read=is_as_read):
        raise refusal
    if standing and (refusal := rules.confirm(standing, definition, fingerprint, letter.is_other_than(standing))):
        raise refusal
    said = {**_read(content, by), "reason": ""}
    if letter.raw or letter.words:
        said |= {"letter": letters.keep(letter.raw, by=by), "words": letter.words, "language": letter.language}
    word = _confirm(standing, said, by=by) if standing else _take_place(application, definition, said, by=by)
    if word.letter is None and word.words:
        transaction.on_commit(lambda: set_letter.enqueue(word.pk))
    notices.decided(word)
    return word


@step
def _confirm(there: Endorsement, said: dict[str, Any], *, by: Actor) -> Endorsement:
    """The endorsement stands for the file as it is now; it keeps its place and its rank."""
    before = there.letter
    Endorsement.objects.filter(pk=there.pk).update(**said)
    there.refresh_from_db()
    if before and before.pk != there.letter_id:
        erase(before)
    record("calls.endorsement.confirmed", there, by=by)
    return there


@step
def _hold(application: Application) -> tuple[Definition, files.Content]:
    """Take the file for the length of this transaction: who writes in it waits. What the call asks; what it says."""
    Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    application.refresh_from_db()
    return reading.definition_of(application), reading.content_of(application)


def _read(content: files.Content, by: Actor) -> dict[str, Any]:
    """What the commission had before it when it decided, and who decided."""
    return {
        "content": content, "fingerprint": files.fingerprint(content), "at": timezone.now(), "person_id": by.pk,
        "person_name": by.name,
    }  # fmt: skip


@step
def _take_place(application: Application, definition: Definition, said: dict[str, Any], *, by: Actor) -> Endorsement:
    """Write the endorsement on the lowest free place; who loses it to a colleague looks again."""
    commission = NationalCommission.objects.get(country=application.country_id)
    distinct = definition["rules"]["distinct_fields"]
    for _try in range(MOST_TRIES):
        held = queries.held(application.call, commission, besides=application)
        if refusal := rules.place(definition, application, held):
            raise refusal
        place = queries.free_place(definition, held)
        taken = {"place": place, "only_field": application.field_id if distinct else None}
        try:
            with transaction.atomic():
                return _write(application, commission, "endorse", {**said, **taken}, by=by)
        except IntegrityError:
            continue
    raise Refusal(_("Others of your commission decide at this moment: try again."), code="busy")


@step
def _write(
    application: Application, commission: NationalCommission, verb: str, said: dict[str, Any], *, by: Actor
) -> Endorsement:
    """The word of the commission on a file: there is one at a time."""
    there = Endorsement.objects.filter(application=application).first()
    if there is None:
        state = Endorsement.MOVES[verb].target
        made = Endorsement.objects.create(
            application=application, call=application.call, commission=commission, state=state, **said
        )
        record(f"calls.endorsement.{Endorsement.MOVES[verb].event}", made, by=by)
        return made
    if there.state == Endorsement.MOVES[verb].target:
        raise rules.unchanged()
    free = {"place": None, "only_field": None, "rank": None}
    if verb != "endorse":  # before the state: what is not endorsed holds no place
        Endorsement.objects.filter(pk=there.pk).update(**free, reason=said["reason"])
    move(there, verb, by=by)
    before = there.letter
    Endorsement.objects.filter(pk=there.pk).update(**said)
    there.refresh_from_db()
    if before and before.pk != there.letter_id:
        erase(before)
    return there


@action(quiet=True)
def decline(application: Application, *, reason: str, by: Actor) -> Endorsement:
    """Say no, with the reason. A place that was held falls free."""
    links.prove("decline", application, by=by)
    definition, content = _hold(application)
    if refusal := rules.decline(by, application, definition, reason):
        raise refusal
    commission = NationalCommission.objects.get(country=application.country_id)
    _hold_commission(commission)
    said = {**_read(content, by), "reason": reason, "letter": None, "words": ""}
    word = _write(application, commission, "decline", said, by=by)
    _close_ranks(word)
    notices.decided(word)
    return word


@action(quiet=True)
def withdraw(application: Application, *, reason: str, by: Actor) -> Endorsement:
    """Take an endorsement back, with the reason. Its place falls free; what had been read stays on record."""
    links.prove("withdraw", application, by=by)
    definition, _content = _hold(application)
    if refusal := rules.withdraw(by, application, definition, reason):
        raise refusal
    there = Endorsement.objects.filter(application=application).first()
    if there is None or there.state != states.ENDORSED:
        raise Refusal(_("This file is not endorsed."), code="not-endorsed")
    _hold_commission(there.commission)
    said = {"reason": reason, "at": timezone.now(), "person_id": by.pk, "person_name": by.name}
    word = _write(application, there.commission, "withdraw", said, by=by)
    _close_ranks(word)
    notices.decided(word)
    return word


@action(quiet=True)
def rank(call: Call, commission: NationalCommission, *, order: Sequence[str], by: Actor) -> None:
    """Put the endorsed files in an order, given as their codes, the first choice first."""
    links.prove("rank", None, by=by)
    call.refresh_from_db()
    newest = call.versions.all()[0]
    if refusal := rules.rank(by, call, commission.country_id, newest.definition):
        raise refusal
    there = _of_commission(call, commission)
    if refusal := rules.ranked_all(order, [each.application.code for each in there]):
        raise refusal
    wanted = sorted(there, key=lambda each: order.index(each.application.code))
    if not _write_ranks(wanted):
        raise rules.unchanged()
    for each in wanted:
        record("calls.endorsement.ranked", each, by=by)


@step
def _hold_commission(commission: NationalCommission) -> None:
    """Its colleagues wait until this transaction ends; taken before any word of it, or two wait for each other."""
    NationalCommission.objects.select_for_update(no_key=True).get(pk=commission.pk)


@step
def _of_commission(call: Call, commission: NationalCommission) -> list[Endorsement]:
    """What a commission has endorsed in a call."""
    _hold_commission(commission)
    found = Endorsement.objects.filter(call=call, commission=commission, state=states.ENDORSED)
    return list(found.exclude(application__state=states.WITHDRAWN).select_related("application"))


@step
def _close_ranks(gone: Endorsement) -> None:
    """Those that stay move up."""
    ranked = [each for each in _of_commission(gone.call, gone.commission) if each.rank is not None]
    _write_ranks(sorted(ranked, key=lambda each: each.rank or 0))


@step
def _write_ranks(wanted: Sequence[Endorsement]) -> bool:
    """Number them from 1 on; all ranks are taken off first, so that none is there twice on the way."""
    if all(each.rank == number for number, each in enumerate(wanted, 1)):
        return False
    Endorsement.objects.filter(pk__in=[each.pk for each in wanted]).update(rank=None)
    for number, each in enumerate(wanted, 1):
        Endorsement.objects.filter(pk=each.pk).update(rank=number)
    return True


@step
def let_go(application: Application) -> None:
    """A city has left the call: the place of its file falls free."""
    there = Endorsement.objects.filter(application=application).first()
    if there is not None:
        _hold_commission(there.commission)
        Endorsement.objects.filter(pk=there.pk).update(place=None, only_field=None, rank=None)
        _close_ranks(there)


@action(quiet=True)
def ask(application: Application, *, text: str, once: uuid.UUID, by: Actor) -> Event:
    """The commission asks the city's team."""
    links.prove("ask", application, by=by)
    return _say(application, text, once, by_commission=True, by=by)


@action(quiet=True)
def answer(application: Application, *, text: str, once: uuid.UUID, by: Actor) -> Event:
    """The city's team writes to the commission."""
    return _say(application, text, once, by_commission=False, by=by)


@step
def _say(application: Application, text: str, once: uuid.UUID, *, by_commission: bool, by: Actor) -> Event:
    application.refresh_from_db()
    is_read = by_commission or doors.reads(application)
    if refusal := rules.remark(by, application, by_commission=by_commission, is_read=is_read):
        raise refusal
    made, is_new = Remark.objects.get_or_create(
        once=uuid.uuid5(once, f"{application.pk} {by_commission} {text}"), defaults={
            "application": application, "is_by_commission": by_commission, "text": text, "person_id": by.pk,
            "person_name": by.name,
        },
    )  # fmt: skip
    if not is_new:
        raise Refusal(_("This message has been sent already; it is not sent twice."), code="sent-already")
    is_open = timezone.now() < doors.until(application.call, application.country_id)
    token = links.issue(application.call, application.country_id, by_secretariat=False) if is_open else ""
    notices.remarked(made, token)
    return record("calls.application.asked" if by_commission else "calls.application.answered", application, by=by)
