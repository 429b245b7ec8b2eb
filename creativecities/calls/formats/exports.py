"""A round as an archive: a folder for each file, and lists of what is in it. Names in it are plain letters alone."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import IO, Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from creativecities.calls.compute.files import canonical
from creativecities.calls.formats import letters
from creativecities.calls.formats import results as tables
from creativecities.calls.formats.archives import Archive, Entry
from creativecities.calls.models import Application, Decision, Endorsement, Export, Submission
from creativecities.calls.notices.endorsements import language_of
from creativecities.calls.queries import applications, reading, results, reviews
from creativecities.calls.queries.exports import DECIDED, files_of
from creativecities.core import downloads, pdf
from creativecities.core.models import StoredFile
from creativecities.network.compute.slug import plain_letters
from creativecities.network.formats.papers import TYPES

ENDINGS = {content_type: kind for kind, content_type in TYPES.items()}
PIECE = 1 << 18
COLUMNS = (
    "path", "size", "sha256", "code", "city", "country", "creative_field", "state", "submitted_at", "submission",
    "fingerprint",
)  # fmt: skip


def folder_of(application: Application) -> str:
    """The name of its folder: readable and its own, whatever the city is called."""
    return f"{plain_letters(application.city_name, most=40) or 'city'}-{application.code}"


def add_file(archive: Archive, application: Application, language: str) -> None:
    """One file: what was handed in as PDF and as data, its papers, the letter of its commission, reviews, decision.

    What the city reads is in its language, what reviewers wrote is framed in that of the officer.
    """
    folder, submission = folder_of(application), application.submissions.all()[0]
    at = submission.at

    def add(name: str, raw: bytes) -> None:
        archive.add(f"{folder}/{name}", [raw], size=len(raw), at=at)

    add("application.json", canonical(submission.content))
    raw, kind = pdf.made("calls/submission_paper.html", *_application(application, submission))
    add(f"application.{kind}", raw)
    for name, stored in _papers(application, submission.content["documents"]):
        _add_stored(archive, f"{folder}/{name}", stored, at)
    if word := Endorsement.objects.filter(application=application).select_related("letter").first():
        if word.letter:
            _add_stored(archive, f"{folder}/endorsement.pdf", word.letter, at)
        elif word.words:
            add("endorsement.txt", word.words.encode())
    if given := application.state in results.JUDGED and reviews.handed_in(application):
        raw, kind = pdf.made("calls/reviews_paper.html", *_reviews(application, given, language))
        add(f"reviews.{kind}", raw)
    if application.state in DECIDED:
        decision = Decision.objects.select_related(*letters.RELATED).get(application=application)
        raw, kind = pdf.made("calls/decision_paper.html", *letters.of_decision(decision))
        add(f"decision.{kind}", raw)


def _application(application: Application, submission: Submission) -> tuple[dict[str, Any], str]:
    code = language_of(application)
    with override(code):
        whole = reading.whole(application, submission.content)
        title = applications.title_of(application.call, code)
    return {"whole": whole, "title": title, "file": application, "submission": submission}, code


def _papers(application: Application, documents: list[dict[str, Any]]) -> Iterable[tuple[str, StoredFile | None]]:
    """Under names of our own: what a city called its file is not trusted."""
    stored = StoredFile.objects.in_bulk([each["file"] for each in documents])
    for each in documents:
        kept = stored.get(each["file"])
        ending = ENDINGS.get(kept.content_type, "bin") if kept else "txt"
        yield f"papers/{plain_letters(each['document'])}-{each['number']}.{ending}", kept


def _add_stored(archive: Archive, path: str, stored: StoredFile | None, at: dt.datetime) -> None:
    """A paper as it is kept, piece by piece; where it is gone, a line that says so."""
    try:
        source = stored.content.open("rb") if stored else None
    except FileNotFoundError:
        source = None
    if source is None or stored is None:
        said = _("This paper is not kept any more.").encode()
        archive.add(f"{path.rpartition('.')[0]}.missing.txt", [said], size=len(said), at=at)
        return
    with source:
        archive.add(path, _pieces(source), size=stored.size, at=at)


def _pieces(source: IO[bytes]) -> Iterable[bytes]:
    while piece := source.read(PIECE):
        yield piece


def _reviews(application: Application, given: list[Any], language: str) -> tuple[dict[str, Any], str]:
    """Without the names of reviewers: a number in their group stands for each."""
    with override(language):
        versions = reviews.versions(application, applications.handed_in(application))
        said = [(each, reviews.points_of(each, versions)) for each in reviews.said_of(given)]
    return {"application": application, "said": said, "has_names": False}, language


def add_lists(archive: Archive, export: Export) -> None:
    """At the end: the results as a table, what is in the archive with checksums, and how to read it."""
    now = timezone.now()
    with override(export.language):
        judged = results.of_call(export.person, export.call)
        if judged.files:
            _add_text(archive, "results.csv", downloads.csv_text(tables.rows(judged), tables.COLUMNS), now)
        _add_text(archive, "README.txt", _readme(export), now)
    last = Prefetch("submissions", Submission.objects.defer("content"))
    files = files_of(export.person, export.call).filter(pk__in=export.files).prefetch_related(last)
    rows = _rows(archive.entries(), files)
    _add_text(archive, "manifest.csv", downloads.csv_text(rows, COLUMNS), now)
    said = {"call": export.call.slug, "made_at": now.isoformat(timespec="seconds"), "entries": rows}
    _add_text(archive, "manifest.json", json.dumps(said, ensure_ascii=False, indent=1), now)


def _add_text(archive: Archive, path: str, text: str, at: dt.datetime) -> None:
    raw = text.encode()
    archive.add(path, [raw], size=len(raw), at=at)


def _rows(entries: list[Entry], files: Iterable[Application]) -> list[dict[str, Any]]:
    about = {folder_of(each): _facts(each) for each in files}
    return [
        {"path": each.path, "size": each.size, "sha256": each.sha256, **about.get(each.path.split("/")[0], {})}
        for each in entries
    ]


def _facts(application: Application) -> dict[str, Any]:
    last = application.submissions.all()[0]
    return {
        "code": application.code, "city": application.city_name, "country": application.country_id,
        "creative_field": application.field_id, "state": application.state,
        "submitted_at": last.at.isoformat(timespec="seconds"), "submission": last.number,
        "fingerprint": last.fingerprint,
    }  # fmt: skip


def _readme(export: Export) -> str:
    """What is what, in the language of the officer."""
    title = applications.title_of(export.call, export.language)
    lines = [
        f"{title} ({export.call.slug})",
        _("In confidence: this archive holds what cities entrusted to the network, and what reviewers wrote."),
        _("Each file has a folder, named after its city and its code:"),
        _("application: what was handed in, as PDF to read, and as data over which its fingerprint is computed"),
        _("papers: the documents as they were handed in"),
        _("endorsement: the letter of the National Commission"),
        _("reviews: what was handed in, by group; a number stands for each reviewer"),
        _("decision: the letter, once the call is announced"),
        _("results.csv holds the results of both groups side by side; manifest.csv and manifest.json list everything "
          "in this archive with its SHA-256."),
    ]  # fmt: skip
    return "\r\n\r\n".join(lines) + "\r\n"
