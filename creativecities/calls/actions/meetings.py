"""The Secretariat leads the meeting: sets its agenda, opens it, goes from file to file, notes what is said."""

from collections.abc import Sequence

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.models import Application, Call, Item, Meeting
from creativecities.calls.queries import meetings as queries
from creativecities.calls.rules import discussions as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict as Newer


@action(quiet=True)
def set_agenda(call: Call, files: Sequence[Application], *, opened: int, by: Person) -> Meeting:
    """Say which files are talked about, in this order. What has notes stays; the file of now too.

    A file that has left the evaluation is not offered any more: it goes, or stays for its notes, and hinders nothing.
    """
    if refusal := network.only_secretariat(by):
        raise refusal
    meeting, _is_new = Meeting.objects.get_or_create(call=call, defaults={"version": 0})
    _hold(meeting, opened=opened, by=by)
    going = rules.hears(by).filter(meeting=meeting).exclude(application__in=files)
    staying = going.filter(~Q(notes="") | Q(pk=meeting.current_id or 0))
    if staying.filter(application__in=queries.candidates(by, call)).exists():
        raise Refusal(_("A file that has notes, or is the one of now, stays on the agenda."), code="has-notes")
    going.filter(notes="").delete()
    for position, file in enumerate(files, 1):
        Item.objects.update_or_create(meeting=meeting, application=file, defaults={"position": position})
    record("calls.meeting.planned", meeting, by=by, number=len(files))
    return meeting


@action(quiet=True)
def open(meeting: Meeting, *, opened: int, by: Person) -> Event:
    """Begin: from now on all see the file of now."""
    _hold(meeting, opened=opened, by=by)
    if not meeting.items.exists():
        raise Refusal(_("The agenda is empty: put files on it first."), code="no-agenda")
    return move(meeting, "open", by=by)


@action(quiet=True)
def close(meeting: Meeting, *, opened: int, by: Person) -> Event:
    """End: nobody sees a file there any more. It can be opened again."""
    _hold(meeting, opened=opened, by=by)
    Meeting.objects.filter(pk=meeting.pk).update(current=None)
    return move(meeting, "close", by=by)


@action(quiet=True)
def go_to(meeting: Meeting, item: Item, *, opened: int, by: Person) -> Event:
    """Go on to a file, for everybody at once."""
    _hold(meeting, opened=opened, by=by)
    if meeting.state != states.OPEN:
        raise Refusal(_("The meeting is not open."), code="not-open")
    Meeting.objects.filter(pk=meeting.pk).update(current=item)
    return record("calls.meeting.moved", meeting, by=by)


@action(quiet=True)
def note(item: Item, text: str, *, opened: int, by: Person) -> Event:
    """Keep what is said of a file. Raises Conflict when somebody else has written notes since."""
    if refusal := network.only_secretariat(by):
        raise refusal
    Item.objects.filter(pk=item.pk).update(version=F("version") + 1)
    item.refresh_from_db()
    if refusal := network.build_on_version(opened, newest=item.version - 1, fewest=1):
        raise refusal
    last = Event.objects.about(item).filter(facts__version__gt=opened).first()
    if last and item.notes != text:
        raise Newer(by_name=last.actor_name, at=last.at, opened={}, theirs={"notes": item.notes})
    Item.objects.filter(pk=item.pk).update(notes=text)
    return record("calls.item.noted", item, by=by, version=item.version)


@step
def _hold(meeting: Meeting, *, opened: int, by: Person) -> None:
    """Take the meeting for the length of this transaction, on top of what was seen: of two who lead one is told."""
    taken = Meeting.objects.filter(pk=meeting.pk, version=opened).update(version=F("version") + 1)
    meeting.refresh_from_db()
    if refusal := rules.lead(by, meeting, opened=meeting.version - 1 if taken else -1):
        raise refusal
