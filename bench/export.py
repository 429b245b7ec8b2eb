"""How long a whole round takes to be put into an archive: 90 files as cities write them, each with six reviews.

Run with the environment of an installation that holds the reference data; everything is taken back at the end. Prints
one JSON object: seconds by the clock and of the processor, the archive in megabytes, and the most memory the process
has ever held before and after. The number of files and the bytes of a paper can be given.
"""

# ruff: noqa: E402 - Django is set up, or the path extended, before the rest can be imported
import json
import resource
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

import night_inside as night  # sets Django up
from board import TakenBack
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from creativecities.accounts import actions as accounts
from creativecities.calls import jobs, states
from creativecities.calls.actions import applications
from creativecities.calls.actions import exports as actions
from creativecities.calls.formats import archives
from creativecities.calls.models import Assignment, Export, Review, Reviewer
from creativecities.core.models import StoredFile
from creativecities.network.models import Country, CreativeField, Mandate

FILES, PAPER_BYTES, READERS = 90, 200_000, 6
SENTENCE = "Lampara keeps its lamps and teaches how they are made. "


def paper(size):
    """Nothing in it that would shrink."""
    raw = b"%PDF-1.4 " + bytes(size)
    kept = StoredFile(name="paper.pdf", content_type="application/pdf", size=len(raw), digest="0" * 64)
    kept.content.save("paper.pdf", ContentFile(raw), save=True)
    return kept


def answer(question):
    """As long as the call lets one write, up to a page; what is chosen as ever."""
    short = SHORT(question)
    if short != "Lamps and chairs " * 6:
        return short
    return " ".join((SENTENCE * 30).split()[: min(question["words"] or 60, 250)])


SHORT, night._answer, night.TYPED = night._answer, answer, ""


def filled(number, kept):
    """A round that was handed in, with six reviews of each file."""
    call = night._call()
    countries, fields = list(Country.objects.order_by("pk")), list(CreativeField.objects.order_by("pk"))
    files = []
    for at in range(number):
        person = accounts.welcome(f"team{at}@export.example", f"Team {at}", by=night.SOMEBODY)
        file = applications.begin(call, night._facts(at, countries, fields), by=person)
        night._complete(file, kept, place=at // len(countries) + 1)
        applications.submit(file, by=person)
        files.append(file)
    type(file).objects.filter(call=call).update(state="eligible")
    people = [accounts.welcome(f"r{at}@export.example", f"Reader {at}", by=night.SOMEBODY) for at in range(READERS)]
    readers = Reviewer.objects.bulk_create(
        Reviewer(call=call, person=each, most=number, state="accepted", group="expert") for each in people
    )
    given = Assignment.objects.bulk_create(
        Assignment(reviewer=reader, application=file, state="done") for file in files for reader in readers
    )
    scores = {each["key"]: 4 for each in call.versions.all()[0].definition["criteria"]}
    Review.objects.bulk_create(
        Review(assignment=each, call_version=1, scores=scores, for_city=SENTENCE * 10, in_confidence=SENTENCE * 3,
               handed_in_at=timezone.now())
        for each in given
    )  # fmt: skip
    return call


def memory():
    """The most this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def packed(call):
    """Asked for and put together, turn by turn, as a worker does it."""
    officer = accounts.welcome("officer@export.example", "Officer", by=night.SOMEBODY)
    Mandate.objects.create(person=officer, role="secretariat", start="2020-01-01")
    before, clock, processor = memory(), time.perf_counter(), time.process_time()
    export, turns = actions.start(call, language="en", by=officer), 0
    while export.state == states.PACKING:
        jobs.pack_round.call(export.pk, export.turn)
        export, turns = Export.objects.get(pk=export.pk), turns + 1
    found = {
        "files": export.total, "state": export.state, "turns": turns, "seconds": round(time.perf_counter() - clock, 1),
        "processor": round(time.process_time() - processor, 1), "megabytes": export.size // 1_000_000,
        "memory_before": before, "memory_after": memory(),
    }  # fmt: skip
    archives.remove(export.archive)
    return found


def main(number=FILES, size=PAPER_BYTES):
    kept = None
    try:
        with transaction.atomic():  # so no job is asked for either: each turn is taken here
            kept = paper(size)
            found = packed(filled(number, kept))
            raise TakenBack
    except TakenBack:
        print(json.dumps(found))
    finally:
        if kept:
            kept.content.storage.delete(kept.content.name)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
