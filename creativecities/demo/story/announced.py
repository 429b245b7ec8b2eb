"""The decision is known: new members, their ideas, buddies and letters, and what everybody reads."""

from collections.abc import Iterator

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import announcing, decisions, meetings
from creativecities.calls.models import Announcement, Application, Call, Meeting
from creativecities.calls.queries.standing import standing
from creativecities.demo.story import before_decision, under_evaluation

TITLE = {"en": "{number} new cities of the network", "fr": "{number} nouvelles villes dans le réseau"}
TEXT = {
    "en": (
        "{number} cities from all regions of the world join the network today. They were chosen among {files} files, "
        "each read by experts and by member cities of its field.\n\nAll who applied have their feedback, and those who "
        "were not chosen are invited to the next call. Nobody here is real."
    ),
    "fr": (
        "{number} villes de toutes les régions du monde rejoignent aujourd’hui le réseau. Elles ont été choisies parmi "
        "{files} dossiers, lus chacun par des experts et par des villes membres du domaine.\n\nToutes ont reçu un "
        "retour, et celles qui n’ont pas été retenues sont invitées au prochain appel. Personne ici n’est réel."
    ),
}


def is_told() -> bool:
    return Announcement.objects.filter(state=states.ANNOUNCED).exists()


def tell() -> Iterator[str]:
    """Says how many have joined."""
    officer = Person.objects.get(email="secretariat@example.org")
    head = Person.objects.get(email="head-of-the-network@example.org")
    call = Call.objects.get(slug=under_evaluation.slug())
    meeting = Meeting.objects.get(call=call)
    if meeting.state == states.OPEN:
        meetings.close(meeting, opened=meeting.version, by=officer)
    before_decision.write_reasons(call, by=head)
    prepared = standing(call, Application.objects.all())
    numbers = {"number": len(prepared.chosen), "files": len(prepared.table.files)}
    title, text = (
        {code: words.format(**numbers) for code, words in said.items()} for said in (TITLE, TEXT)
    )  # fmt: skip
    decisions.write_text(call, title, text, opened=prepared.version, by=officer)
    prepared = standing(call, Application.objects.all())
    announcing.announce(
        call, opened=prepared.version, designations=len(prepared.chosen), below_quorum=bool(prepared.below_quorum),
        by=head,
    )  # fmt: skip
    yield f"{len(prepared.chosen)} new member cities"
