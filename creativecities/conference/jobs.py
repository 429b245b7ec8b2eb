"""Background work of the conference, and its regular duties."""

import contextlib
import datetime as dt
import gc
import io
import time

from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from creativecities.conference import states
from creativecities.conference.actions import (
    badges,
    cases,
    delegates,
    needs,
    reminders,
    signups,
    surveys,
    voting,
    waiting,
)
from creativecities.conference.actions import certificates as certificate_acts
from creativecities.conference.actions import figures as figure_acts
from creativecities.conference.models import Printing, Timetable
from creativecities.conference.queries import badges as printed
from creativecities.conference.queries import cases as proposed
from creativecities.conference.queries import certificates, delegations, figures
from creativecities.conference.queries import needs as said
from creativecities.conference.queries import reminders as near
from creativecities.conference.queries import signups as seats
from creativecities.conference.queries import surveys as asked
from creativecities.conference.queries import voting as votes
from creativecities.conference.queries import waiting as line
from creativecities.core import jobs, pdf
from creativecities.core.actor import Robot
from creativecities.core.models import StoredFile
from creativecities.core.refusal import Refusal

CALENDAR, PLANNER = Robot("Calendar"), Robot("Timetable")
PRINTER, RETENTION = Robot("Badges"), Robot("Retention")
RETURNING_OFFICER = Robot("Returning officer")
SHEET = 24
"""So many badges are set at a time; mails and other jobs go between."""
CERTIFIER, COUNTER = Robot("Certificates"), Robot("Figures")
TURN_LASTS = 5.0
"""Seconds after which other jobs go first; what is begun is brought to its end."""


@task(priority=-50)
def set_certificates(edition_pk: int) -> int:
    """Set certificates of an edition in type for some seconds; says how many are left."""
    waiting, ends = certificates.to_set(edition_pk), time.monotonic() + TURN_LASTS
    if not pdf.is_possible():
        return 0
    while time.monotonic() < ends and (one := waiting.first()):
        language = certificates.language_of(one)
        with override(language):
            context = certificates.on_paper(one)
        raw = pdf.as_pdf("conference/certificate_paper.html", context, language)
        certificate_acts.attach(one, raw, by=CERTIFIER)
    gc.collect()  # typesetting leaves cycles, which would add up to hundreds of megabytes
    if left := waiting.count():
        set_certificates.enqueue(edition_pk)
    return left


@jobs.every_minute
def set_certificates_that_wait() -> int:
    """Ask again for papers whose job was lost or has failed."""
    waiting = certificates.editions_that_wait() if pdf.is_possible() else []
    for pk in waiting:
        set_certificates.enqueue(pk)
    return len(waiting)


@jobs.every_minute
def forget_papers() -> int:
    """Take away the papers of people who are no longer kept."""
    gone = list(certificates.to_forget())
    for one in gone:
        certificate_acts.forget(one, by=RETENTION)
    return len(gone)


@jobs.every_minute
def count_editions() -> int:
    """Count the editions that are over, before their people are forgotten."""
    due = figures.due()
    for edition in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            figure_acts.count(edition, by=COUNTER)
    return len(due)


@jobs.every_minute
def tell_of_offices() -> int:
    """Tell teams whose mayor or deputy mayor will not hold that office on the day."""
    due = delegations.who_lose_office()
    if due:
        delegates.tell_of_office(due, by=CALENDAR)
    return len(due)


@task()
def work_out_meetings(pk: int) -> bool:
    """Work out who meets whom, from what is on record now; says whether it was still asked for."""
    from creativecities.conference.actions import meetings  # which enqueues this
    from creativecities.conference.compute import placing
    from creativecities.conference.queries import meeting_plans as plans

    asked = Timetable.objects.filter(pk=pk, state=states.WAITING).select_related("edition").first()
    if asked is None:
        return False
    found = plans.basis(asked.edition, plans.suggestions(asked.edition))
    plan = plans.as_kept(placing.best(found.task), found.times)
    meetings.show(asked, plan, found.fingerprint, by=PLANNER)
    return True


@jobs.every_minute
def let_places_expire() -> int:
    """Let the places of those go who were not confirmed by name in time, before the next ones are offered."""
    due = line.unconfirmed()
    for sent in due:
        with contextlib.suppress(Refusal):  # confirmed in this moment
            delegates.expire(sent, by=CALENDAR)
    return len(due)


@jobs.every_minute
def turn_away() -> int:
    """Give back seats of those whom a session does not admit any more, as one who is no longer mayor."""
    due = seats.turned_away()
    for session, closed in due:
        with contextlib.suppress(Refusal):  # given back in this moment
            signups.turn_away(session, closed, by=CALENDAR)
    return len(due)


@jobs.every_minute
def give_up_what_the_network_has_left() -> int:
    """Cancel meetings and booths of cities that are no members any more."""
    from creativecities.conference.actions import fair, meetings
    from creativecities.conference.queries import fair as booths
    from creativecities.conference.queries import meeting_plans as plans

    met, stood = list(plans.left_the_network()), list(booths.of_cities_that_left())
    for sent in met:
        with contextlib.suppress(Refusal):  # the other one of the two was first
            meetings.lapse(sent, by=CALENDAR)
    for booth in stood:
        with contextlib.suppress(Refusal):  # withdrawn in this moment
            fair.lapse(booth, by=CALENDAR)
    return len(met) + len(stood)


@jobs.every_minute
def offer_places() -> int:
    """Let offers go whose hour has come, then offer each free place to who has waited longest."""
    for delegate in line.lapsed():
        with contextlib.suppress(Refusal):  # accepted in this moment
            waiting.lapse(delegate, by=CALENDAR)
    due = line.to_offer()
    for delegate in due:
        with contextlib.suppress(Refusal):  # taken in this moment; it falls free again
            waiting.offer(delegate, by=CALENDAR)
    return len(due)


@jobs.every_minute
def forget_needs() -> int:
    """Delete names, diet, accessibility and answers as many days after an edition as it says."""
    count_editions()  # first, so that its figures stand when its people go
    due = said.to_forget()
    for going in due:
        needs.forget(going, by=RETENTION)
    return len(due)


@task(priority=-50)
def set_badges(pk: int, done: int) -> bool:
    """Set the next sheet of badges, or put all sheets together; says whether it was this worker's turn."""
    printing = Printing.objects.filter(pk=pk, done=done, file=None).select_related("edition").first()
    if printing is None or not pdf.is_possible():
        return False
    with contextlib.suppress(Refusal):  # another worker was faster
        if printing.done >= printing.total:
            badges.bind(printing, _together(printing.sheets), by=PRINTER)
        else:
            some = printing.badges[done : done + SHEET]
            context = printed.drawn(printing.edition, some)
            raw = pdf.as_pdf("conference/badges.html", context, printed.language_of(printing.edition))
            badges.add_sheet(printing, len(some), raw, by=PRINTER)
    return True


def _together(sheets: list[int]) -> bytes:
    from pypdf import PdfWriter  # slow to load

    found, writer = StoredFile.objects.in_bulk(sheets), PdfWriter()
    for pk in sheets:
        with found[pk].content.open("rb") as raw:
            writer.append(io.BytesIO(raw.read()))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@jobs.every_minute
def look_after_badges() -> int:
    """Go on where a worker died, and take away what is kept no longer."""
    for printing in printed.dead() if pdf.is_possible() else ():
        badges.go_on(printing, by=PRINTER)
    gone = printed.over()
    for printing in gone:
        badges.let_go(printing, by=RETENTION)
    return len(gone)


@jobs.every_minute
def remind() -> int:
    """Remind teams of what their city has not said yet, some days before each end."""
    due = near.due()
    for occasion in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            reminders.remind(occasion, by=CALENDAR)
    return len(due)


@jobs.every_minute
def look_after_surveys() -> int:
    """Close the surveys whose days are over, open those whose day has come, and ask who was seen at a door since."""
    over, new = asked.to_close(), asked.to_open()
    late = [each for each in asked.due(states.OPEN) if each not in over and asked.to_ask(each).exists()]
    for act, due in ((surveys.close, over), (surveys.begin, new), (surveys.ask, late)):
        for each in due:
            with contextlib.suppress(Refusal):  # another worker was faster
                act(each, by=CALENDAR)
    return len(over) + len(new) + len(late)


REMINDERS = (dt.timedelta(days=3), dt.timedelta(days=1))
"""So long before a vote closes cities that have not voted are reminded."""


@jobs.every_minute
def close_votes() -> int:
    """Count and certify votes whose hours are over, then tell all member cities; also of one closed before a crash."""
    due = votes.due()
    for vote in due:
        with contextlib.suppress(Refusal):  # another worker was faster
            voting.close(vote, by=RETURNING_OFFICER)
    for vote in votes.untold():
        with contextlib.suppress(Refusal):
            voting.tell(vote, by=RETURNING_OFFICER)
    return len(due)


@jobs.every_minute
def remind_of_votes() -> int:
    """Remind cities that have not voted, some days before the end."""
    reminded = 0
    for vote in votes.running():
        number = sum(vote.closes_at - timezone.now() <= before for before in REMINDERS)
        if number > vote.reminded:
            with contextlib.suppress(Refusal):  # another worker was faster
                reminded += voting.remind(vote, number, by=RETURNING_OFFICER)
    return reminded


@jobs.every_minute
def let_cases_lapse() -> int:
    """Cases that were sent back and did not come in time stay as they were handed in."""
    due = proposed.lapsed()
    for case in due:
        with contextlib.suppress(Refusal):  # handed in in this moment
            cases.lapse(case, by=CALENDAR)
    return len(due)
