"""Background work of calls, and their regular duties."""

import contextlib
import time

import structlog
from django_tasks import task

from creativecities.calls import states
from creativecities.calls.actions import checking
from creativecities.calls.actions import exports as export_acts
from creativecities.calls.actions import letters as letter_acts
from creativecities.calls.actions import retention as retention_acts
from creativecities.calls.actions import telling as telling_acts
from creativecities.calls.formats import archives
from creativecities.calls.models import Export, Proposal
from creativecities.calls.queries import awaited, endorsements, exports, retention, telling
from creativecities.core import jobs, pdf
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal

PLANNER, CALENDAR, RETENTION = Robot("Assignment"), Robot("Calendar"), Robot("Retention")
PACKER, PRINTER = Robot("Export"), Robot("Letters")
TURN_LASTS = 5.0
"""Seconds after which an export lets other jobs go first; what is begun is brought to its end."""
log = structlog.get_logger("calls")


@task()
def work_out(pk: int) -> bool:
    """Work out who reads what, from what is on record now; says whether the plan was still asked for."""
    from creativecities.calls.actions import assignments  # which enqueues this
    from creativecities.calls.compute import assigning, plans
    from creativecities.calls.queries import planning

    proposal = Proposal.objects.filter(pk=pk, state=states.WAITING).select_related("call").first()
    if proposal is None:
        return False
    found = planning.basis(proposal.call)
    task_ = planning.task(found, keeps=proposal.keeps)
    plan = plans.as_kept(task_, assigning.best(task_), found.before, assigning.greedy(task_))
    assignments.show_plan(proposal, plan, found.fingerprint, by=PLANNER)
    return True


@jobs.every_minute
def let_completions_lapse() -> int:
    """End completions whose time is over."""
    due = telling.overdue()
    for completion in due:
        with contextlib.suppress(Refusal):  # it came back in this moment
            checking.lapse(completion, by=CALENDAR)
    return len(due)


@jobs.every_minute
def tell_of_changes() -> int:
    """Tell the teams of open drafts that their call has changed. Not while it is changed, which would take the longer
    the more drafts there are.
    """
    due = list(telling.untold())
    for application, change in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            telling_acts.tell_of_change(application, change, by=CALENDAR)
    return len(due)


@jobs.every_minute
def remind_of_ends() -> int:
    """Remind teams of the deadline, and of the end of their time for completion."""
    due = telling.near()
    for end in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            telling_acts.remind(end, by=CALENDAR)
    return len(due)


@jobs.every_minute
def remind_commissions() -> int:
    """Remind National Commissions of files on which they have not said anything."""
    due = awaited.near()
    for end in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            telling_acts.remind_commission(end, by=CALENDAR)
    return len(due)


@jobs.every_minute
def keep_files_no_longer() -> int:
    """Tell teams that their file goes, and delete or anonymise those whose time is over."""
    for going in retention.to_announce():
        with contextlib.suppress(Refusal):  # another worker was faster
            retention_acts.announce(going, by=RETENTION)
    due = retention.to_forget()
    for going in due:
        was_handed_in = going.application.submitted_at is not None
        (retention_acts.anonymise if was_handed_in else retention_acts.delete)(going.application, by=RETENTION)
    return len(due)


@task(priority=-50)
def pack_round(pk: int, turn: int) -> bool:
    """Put the next files of a round into its archive, for some seconds; says whether it was this worker's turn."""
    try:
        export = export_acts.take_turn(pk, turn, by=PACKER)
        try:
            _pack(export)
        except Refusal:
            raise
        except Exception as error:  # whatever is wrong, the officer is to see that it is, and may try again
            log.error("export failed", error=type(error).__name__, exc_info=True)
            export_acts.fail(export, by=PACKER)
    except Refusal:  # cancelled, or another worker has it
        return False
    return True


def _pack(export: Export) -> None:
    from creativecities.calls.formats.exports import add_file, add_lists  # with all that reads a file

    place, ends = archives.place(export.archive), time.monotonic() + TURN_LASTS
    with archives.going_on(place, is_new=not export.done) as archive:
        while export.done < export.total:
            one = exports.files_of(export.person, export.call).get(pk=export.files[export.done])
            add_file(archive, one, export.language)
            export.done += 1
            export_acts.note_progress(export, by=PACKER)
            if time.monotonic() > ends:
                break
        if export.done == export.total:
            add_lists(archive, export)
    if export.done == export.total:
        export_acts.finish(export, place.stat().st_size, by=PACKER)
    else:
        export_acts.end_turn(export, by=PACKER)


@task()
def set_letter(pk: int) -> bool:
    """Set a letter in type that a National Commission has written here; its words are kept already."""
    from creativecities.calls.formats import letters  # with all that reads a file

    word = endorsements.letters_to_set().filter(pk=pk).first()
    if word is None or not pdf.is_possible():
        return False
    with contextlib.suppress(Refusal):  # the commission has said something else meanwhile
        letter_acts.attach(word, letters.of_commission(word), by=PRINTER)
    return True


@jobs.every_minute
def set_letters() -> int:
    """Ask again for letters whose job was lost or has failed."""
    waiting = endorsements.letters_that_wait()
    for pk in waiting:
        set_letter.enqueue(pk)
    return len(waiting)


@jobs.every_minute
def look_after_exports() -> int:
    """Begin again what a dead worker left, and take away what is kept no longer."""
    for export in exports.dead():
        with contextlib.suppress(Refusal):  # it was not dead
            export_acts.begin_again(export, by=PACKER)
    for export in exports.resting():
        pack_round.enqueue(export.pk, export.turn)  # again, if its job was lost: a turn is taken once
    gone = [each for each in exports.kept() if not (archives.is_there(each.archive) and exports.stands(each))]
    for export in gone:
        with contextlib.suppress(Refusal):  # another worker was faster
            export_acts.remove(export, by=RETENTION)
    there = archives.names()
    for name in sorted(set(there) - exports.on_disk()):
        archives.remove(name)
    return len(gone)
