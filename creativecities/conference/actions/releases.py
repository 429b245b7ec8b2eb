"""The Secretariat releases the programme: what was a draft is what everybody reads, and who is concerned is told."""

from creativecities.accounts.models import Person
from creativecities.conference.models import Edition, Release
from creativecities.conference.notices import releases as notices
from creativecities.conference.queries import releases as queries
from creativecities.conference.rules import programme as rules
from creativecities.core.action import action, record


@action
def release(edition: Edition, *, note: str, read: str, by: Person) -> Release:
    """Make the draft the newest release. `read` is the fingerprint of what the officer looked over before."""
    Edition.objects.select_for_update().get(pk=edition.pk)  # of two who release at once one waits
    draft = queries.draft(edition)
    if refusal := rules.release(by, edition, draft.changes, is_read=draft.fingerprint == read):
        raise refusal
    released = Release.objects.create(
        edition=edition, number=draft.number, listing=draft.listing, abstracts=draft.abstracts, changes=draft.changes,
        note=note, person_id=by.pk, person_name=by.name,
    )  # fmt: skip
    record("conference.programme.released", edition, by=by, number=released.number, changes=len(draft.changes))
    for addressee in queries.concerned(released):
        notices.released(released, addressee)
    return released
