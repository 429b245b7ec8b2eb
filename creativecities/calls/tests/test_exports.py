"""A whole round as an archive: for one officer, without what they may not know, whatever happens to who makes it."""

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import jobs, states
from creativecities.calls.actions import exports as actions
from creativecities.calls.actions import retention
from creativecities.calls.formats import archives
from creativecities.calls.formats import exports as formats
from creativecities.calls.models import Application, Assignment, Call, Export, Review
from creativecities.calls.queries import exports as queries
from creativecities.calls.tests import kit
from creativecities.core import pdf
from creativecities.core.models import Event, Mail, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network.tests import team

pytestmark = pytest.mark.django_db
PLACE, DOWNLOAD = "/secretariat/calls/2031/export/", "/secretariat/calls/2031/export.zip"
EVIL = "../../=Lampara\u202efdp.exe"
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _plain_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers as pages to print: what is set in type is tested where PDFs are, and takes a second each."""
    monkeypatch.setattr(pdf, "is_possible", lambda: False)


@pytest.fixture
def lampara(call: Call, rui: Person) -> Application:
    """In evaluation, with one review."""
    file = kit.eligible(call, rui)
    given = Assignment.objects.create(reviewer=kit.reviewer(call), application=file, state=states.DONE)
    Review.objects.create(assignment=given, call_version=1, scores={"quality": 4}, for_city="Bright.",
                          in_confidence="=HYPERLINK(1)", handed_in_at=timezone.now())  # fmt: skip
    Application.objects.filter(pk=file.pk).update(city_name=EVIL)
    file.refresh_from_db()
    return file


def pack(call: Call, by: Person) -> Export:
    """Asked for, and made to its end."""
    export = actions.start(call, language="en", by=by)
    jobs.pack_round.call(export.pk, export.turn)
    export.refresh_from_db()
    return export


def inside(export: Export) -> dict[str, bytes]:
    with zipfile.ZipFile(archives.place(export.archive)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def code_of(act: Any) -> str:
    with pytest.raises(Refusal) as refused:
        act()
    return refused.value.code


def test_a_round_is_exported_by_one_click_and_fetched_by_who_asked(
    desk: Any, new_client: Any, call: Call, lampara: Application, officer: Person
):
    page = desk.get(PLACE)
    assert page.context["numbers"].files == 1
    assert desk.post(PLACE).status_code == desk.post(PLACE).status_code == 302, "a second click begins nothing"
    export = Export.objects.get()
    page = desk.get(PLACE).content.decode()
    assert all(part in page for part in ('hx-trigger="every 2s"', "htmx-4"))
    assert "0 of 1" in page
    assert desk.post(DOWNLOAD).status_code == 410
    assert jobs.pack_round.call(export.pk, 0)
    assert not jobs.pack_round.call(export.pk, 0), "a turn is taken once"
    assert 'hx-trigger="every 2s"' not in desk.get(PLACE).content.decode()
    got = desk.post(DOWNLOAD)
    assert (got["Content-Disposition"], got["Cache-Control"]) == (
        'attachment; filename="round-2031.zip"', "private, no-store",
    )  # fmt: skip
    raw = b"".join(got.streaming_content)
    assert raw == archives.place(export.archive).read_bytes()
    other = team.sign_in(new_client(), team.officer("Otto Exemplo"))
    assert (other.post(DOWNLOAD).status_code, "Download" in other.get(PLACE).content.decode()) == (404, False)
    for someone in (people.person(), lampara.contributors.get().person):
        theirs = team.sign_in(new_client(), someone)
        assert {theirs.get(PLACE).status_code, theirs.post(PLACE).status_code, theirs.post(DOWNLOAD).status_code} == {
            404
        }
    kinds = Event.objects.filter(kind__startswith="calls.export.").order_by("pk").values_list("kind", flat=True)
    assert [kind.rpartition(".")[2] for kind in kinds] == ["started", "packed", "finished", "downloaded"]
    mail = Mail.objects.get(kind="calls.export.ready")
    assert (mail.to_address, PLACE in mail.link) == (officer.email, True)


def test_an_archive_holds_what_was_handed_in_under_plain_names_with_its_checksums(
    call: Call, lampara: Application, officer: Person
):
    content = lampara.submissions.get().content
    gone = StoredFile.objects.get(pk=content["documents"][0]["file"])
    gone.content.storage.delete(gone.content.name)
    found = inside(pack(call, officer))
    folder = f"lamparafdpexe-{lampara.code}"
    assert all(name.isascii() and ".." not in name and not name.startswith(("/", "=")) for name in found)
    assert {name.split("/")[0] for name in found} == {
        folder, "README.txt", "manifest.csv", "manifest.json", "results.csv"
    }  # fmt: skip
    data = found[f"{folder}/application.json"]
    assert hashlib.sha256(data).hexdigest() == lampara.submissions.get().fingerprint
    assert sum(name.startswith(f"{folder}/papers/") for name in found) == len(content["documents"])
    assert sum(name.endswith(".missing.txt") for name in found) == 1
    assert found[f"{folder}/endorsement.pdf"].startswith(b"%PDF-")
    reviews = found[f"{folder}/reviews.html"].decode()
    assert "Bright." in reviews
    assert Assignment.objects.get().reviewer.person.name not in reviews
    listed = {row["path"]: row for row in json.loads(found["manifest.json"])["entries"]}
    assert set(listed) == set(found) - {"manifest.csv", "manifest.json"}
    assert all(hashlib.sha256(found[name]).hexdigest() == row["sha256"] for name, row in listed.items())
    rows = list(csv.DictReader(io.StringIO(found["manifest.csv"].decode("utf-8-sig"))))
    assert [row["path"] for row in rows] == list(listed)
    assert {row["state"] for row in rows} == {"", "eligible"}


def test_cells_that_a_spreadsheet_would_run_are_quoted(call: Call, lampara: Application, officer: Person):
    Application.objects.filter(pk=lampara.pk).update(city_name="=cmd|' /C calc'!A0")
    found = inside(pack(call, officer))
    for table in ("manifest.csv", "results.csv"):
        cities = {row["city"] for row in csv.DictReader(io.StringIO(found[table].decode("utf-8-sig")))}
        assert cities - {""} == {"'=cmd|' /C calc'!A0"}


def test_who_is_in_conflict_with_a_file_exports_without_it_and_is_not_told(
    desk: Any, call: Call, lampara: Application, rui: Person, officer: Person
):
    kit.submitted(call, rui, "Sedia", country=kit.country("ES"))
    both, before = pack(call, officer), desk.get(PLACE)
    mine = kit.reviewer(call, officer)
    mine.conflicts.create(application=lampara, kind="personal")
    assert (before.context["numbers"].files, both.total) == (2, 2)
    page = desk.get(PLACE)
    assert page.context["numbers"].files == 1
    assert "not kept any more" in page.content.decode(), "as if its time was over"
    assert desk.post(DOWNLOAD).status_code == 410
    jobs.look_after_exports()
    assert not archives.is_there(both.archive)
    found = inside(pack(call, officer))
    assert not any(lampara.code.encode() in name.encode() + raw for name, raw in found.items())
    assert not any("files" in event.facts for event in Event.objects.filter(kind__startswith="calls.export."))


def test_a_conflict_that_comes_while_it_is_made_ends_it(call: Call, lampara: Application, officer: Person):
    export = actions.start(call, language="en", by=officer)
    kit.reviewer(call, officer).conflicts.create(application=lampara, kind="personal")
    assert jobs.pack_round.call(export.pk, 0)
    export.refresh_from_db()
    jobs.look_after_exports()
    assert (export.state, archives.names()) == (states.FAILED, [])


def test_work_is_done_in_turns_and_a_dead_worker_s_is_begun_again(
    call: Call, lampara: Application, rui: Person, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    kit.submitted(call, rui, "Sedia", country=kit.country("ES"))
    monkeypatch.setattr(jobs, "TURN_LASTS", 0.001)
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(type(jobs.pack_round), "enqueue", lambda _task, *which: asked.append(which))
    export = actions.start(call, language="en", by=officer)
    jobs.pack_round.call(export.pk, 0)
    export.refresh_from_db()
    assert (export.done, export.turn, export.state, export.beat_at) == (1, 1, states.PACKING, None)
    jobs.look_after_exports()
    assert asked[-1] == (export.pk, 1), "a job that was lost is asked for again"
    # The worker is killed in the middle of the second turn: nothing is told of it any more.
    actions.take_turn(export.pk, 1, by=jobs.PACKER)
    archives.place(export.archive).write_bytes(b"half a zip")
    jobs.look_after_exports()
    assert Export.objects.get().attempts == 1, "it may only be slow"
    Export.objects.update(beat_at=timezone.now() - queries.DEAD_AFTER - MINUTE)
    jobs.look_after_exports()
    export.refresh_from_db()
    assert (export.attempts, export.done, export.turn) == (2, 0, 3)
    assert archives.names() == []
    jobs.pack_round.call(export.pk, 3)
    jobs.pack_round.call(export.pk, 4)
    export.refresh_from_db()
    assert (export.state, export.done) == (states.READY, 2)
    assert len(inside(export)) > 10
    # Who was given up for dead and was not finds that it is over.
    slow = Export(pk=export.pk, turn=2, attempts=1, done=1)
    assert code_of(lambda: actions.note_progress(slow, by=jobs.PACKER)) == "superseded"


def test_after_some_tries_it_has_failed_and_can_be_started_again(
    desk: Any, call: Call, lampara: Application, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    export = actions.start(call, language="en", by=officer)
    for turn in range(0, 2 * queries.MOST_ATTEMPTS, 2):
        actions.take_turn(export.pk, turn, by=jobs.PACKER)
        Export.objects.update(beat_at=timezone.now() - queries.DEAD_AFTER - MINUTE)
        for dead in queries.dead():
            actions.begin_again(dead, by=jobs.PACKER)
    assert Export.objects.get().state == states.FAILED
    assert "The last export failed" in desk.get(PLACE).content.decode()
    monkeypatch.setattr(formats, "add_lists", lambda *_: 1 / 0)
    assert pack(call, officer).state == states.FAILED
    jobs.look_after_exports()
    assert archives.names() == []
    assert desk.post(PLACE).status_code == 302


def test_an_export_is_cancelled_while_it_is_made(desk: Any, call: Call, lampara: Application, officer: Person):
    desk.post(PLACE)
    export = actions.take_turn(Export.objects.get().pk, 0, by=jobs.PACKER)
    assert desk.post(PLACE, {"act": "cancel"}).status_code == 302
    assert code_of(lambda: actions.note_progress(export, by=jobs.PACKER)) == "superseded"
    assert not jobs.pack_round.call(export.pk, 1)
    assert "cancelled" in desk.get(PLACE).content.decode()
    assert desk.post(PLACE, {"act": "cancel"}).status_code == 409


def test_an_archive_goes_when_its_days_are_over_or_its_papers_go(
    desk: Any, call: Call, lampara: Application, officer: Person, monkeypatch: pytest.MonkeyPatch
):
    first, second = pack(call, officer), pack(call, officer)
    jobs.look_after_exports()
    assert (archives.names(), Export.objects.get(pk=first.pk).state) == ([second.archive], states.REMOVED)
    archives.place("999-1").write_bytes(b"of a database that was replaced")
    assert jobs.look_after_exports() == 0
    assert archives.names() == [second.archive]
    retention.anonymise(lampara, by=jobs.RETENTION)
    assert (jobs.look_after_exports(), archives.names()) == (1, [])
    third = pack(call, officer)
    later = timezone.now() + dt.timedelta(days=settings.KEEP_EXPORTS_DAYS)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert jobs.look_after_exports() == 1
    assert not archives.is_there(third.archive)


def test_what_is_decided_and_not_announced_is_in_no_archive(call: Call, lampara: Application, officer: Person):
    from creativecities.calls.actions import decisions

    decisions.decide(lampara, True, "Its lamps are bright at night.", opened=0, by=officer)
    found = inside(pack(call, officer))
    assert not any(b"Its lamps are bright" in raw or "decision" in name for name, raw in found.items())


def test_nothing_is_exported_of_a_call_in_which_nothing_was_handed_in(desk: Any, call: Call, file: Application):
    assert "Nothing has been handed in yet" in desk.get(PLACE).content.decode()
    assert desk.post(PLACE).status_code == 409
