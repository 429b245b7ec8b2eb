"""The files that were handed in in a call, as the Secretariat checks them, and what the machine finds in one."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import get_language

from creativecities.calls import states
from creativecities.calls.compute import checking, files
from creativecities.calls.compute.checking import Around, Finding
from creativecities.calls.compute.definition import Definition, find, languages
from creativecities.calls.compute.eligibility import NOT_MET
from creativecities.calls.compute.labels import FACTS
from creativecities.calls.models import Application, Call, Completion, Endorsement, SetAside, Submission
from creativecities.calls.queries.calls import field_of_member
from creativecities.calls.rules.applications import deadline
from creativecities.core import clocks
from creativecities.core.models import StoredFile
from creativecities.core.text import fold
from creativecities.core.words import Words, in_language


@dataclass(frozen=True)
class Checked:
    """The machine's finding on a rule, and the officer's word where it stands against it."""

    finding: Finding
    set_aside: SetAside | None
    places: list[tuple[str, Words, Any]]
    """Of what the finding names: the place, its name for people, and what is wrong there."""

    @property
    def hinders(self) -> bool:
        """Whether it keeps the file from being admitted."""
        return self.finding.outcome == NOT_MET and self.set_aside is None


def received(person: Any, call: Call) -> QuerySet[Application]:
    """The files of a call that were handed in; never one that was not, even if this person prepares it."""
    found = Application.objects.on_desk_of(person).filter(call=call, submitted_at__isnull=False)
    endorsements = Endorsement.objects.filter(application=OuterRef("pk"), state=states.ENDORSED)
    waiting = Completion.objects.filter(application=OuterRef("pk"), closed_at__isnull=True).values("until")[:1]
    return found.select_related("country__region", "field").annotate(
        is_endorsed=Exists(endorsements), waits_until=Subquery(waiting)
    )


def numbers(found: QuerySet[Application]) -> list[tuple[Any, int]]:
    """How many of some files stand how, in the order of the table of states. One statement."""
    counted = Counter(found.values_list("state", flat=True))
    return [(label, counted[state]) for state, label in Application.STATES.items() if counted[state]]


def check(application: Application) -> list[Checked]:
    """What the machine finds in what was handed in last, rule by rule, and what an officer has set aside."""
    submission = application.submissions.all()[0]
    definition = definition_of(application, submission)
    aside = {each.rule: each for each in application.set_aside.all() if each.submission == submission.number}
    return [
        Checked(each, aside.get(each.key), [
            (lack.place, name_of(definition, lack.place), lack.reason) for lack in each.places
        ])
        for each in checking.check(definition, submission.content, _around(application, submission))
    ]  # fmt: skip


def definition_of(application: Application, submission: Submission) -> Definition:
    """What the call asked when the file was handed in."""
    said: Definition = application.call.versions.get(number=submission.content["call_version"]).definition
    return said


def _around(application: Application, submission: Submission) -> Around:
    endorsement = Endorsement.objects.filter(application=application).first()
    stands = endorsement is not None and endorsement.state == states.ENDORSED
    in_time = application.submissions.filter(taken_back_at__isnull=True).order_by("number")
    names, beside = _names(application), _of_country(application)
    is_bare = application.anonymised_at is not None  # its papers and people were deleted by rule
    return Around(
        handed_in_at=in_time[0].at,
        deadline=deadline(application),
        member_of=field_of_member(names.values(), application.country_id),
        calls_since_refusal=_calls_since_refusal(application, set(names)),
        is_endorsed=stands,
        as_endorsed=endorsement.content if endorsement and stands else None,
        country_fields=tuple(each.field_id for each in beside if each.is_endorsed),
        same_city=sum(each.pk != application.pk and not names.keys().isdisjoint(_names(each)) for each in beside),
        is_unchanged=is_bare or files.fingerprint(submission.content) == submission.fingerprint,
        damaged=() if is_bare else tuple(_damaged(submission.content)),
    )


def _names(application: Application) -> dict[str, str]:
    """The names of its city, folded: in Latin letters and in its own script."""
    return {fold(name): name for name in (application.city_name, application.local_name) if name}


def _of_country(application: Application) -> list[Any]:
    """The files of the country that were handed in and not found ineligible, this one among them."""
    endorsements = Endorsement.objects.filter(application=OuterRef("pk"), state=states.ENDORSED)
    counted = [state for state in states.HANDED_IN if state != states.INELIGIBLE]
    found = Application.objects.filter(call=application.call_id, country=application.country_id)
    return list(found.filter(Q(state__in=counted) | Q(pk=application.pk)).annotate(is_endorsed=Exists(endorsements)))


def _calls_since_refusal(application: Application, names: set[str]) -> int | None:
    """How many calls lie between the last one that refused the city and this one; None if none did."""
    opens_at = application.call.opens_at
    refused = Application.objects.filter(
        country=application.country_id, state=states.NOT_DESIGNATED, call__opens_at__lt=opens_at
    )
    mine = [each for each in refused.select_related("call").order_by("call__opens_at") if names & set(_names(each))]
    if not mine:
        return None
    between = Call.objects.filter(state=states.PUBLISHED, opens_at__lt=opens_at, opens_at__gt=mine[-1].call.opens_at)
    return between.count()


def _damaged(content: files.Content) -> list[str]:
    """The papers that are gone, or whose bytes are not those that were handed in."""
    stored = StoredFile.objects.in_bulk([each["file"] for each in content["documents"]])
    return [each["name"] for each in content["documents"] if not _is_intact(stored.get(each["file"]), each["digest"])]


def _is_intact(stored: StoredFile | None, digest: str) -> bool:
    if stored is None:
        return False
    try:
        with stored.content.open("rb") as source:
            return hashlib.sha256(source.read()).hexdigest() == digest
    except OSError:
        return False


def open_completion(application: Application, definition: Definition) -> dict[str, Any] | None:
    """What a returned file waits for: the places by name, why, and until when on the call's own clock."""
    waiting = application.completions.filter(closed_at=None).first() if application.state == states.RETURNED else None
    if waiting is None:
        return None
    zone = definition["dates"]["zone"]
    day, hour = clocks.on_the_clock(waiting.until, zone)
    places = [name_of(definition, place) for place in waiting.items]
    return {"reason": waiting.reason, "places": places, "day": day, "hour": hour, "zone": zone.replace("_", " ")}


def name_of(definition: Definition, place: str) -> Words:
    """What people call a place of a file, and in which language: a fact of the city, a question, a paper."""
    part, _slash, rest = place.partition("/")
    key, _slash, number = rest.partition("/")
    reader = get_language() or "en"
    item = find(definition, part, key) if part in ("questions", "documents") else None
    if item is None:
        return Words(str(FACTS.get(key, checking.RULES.get(part, place))), reader)
    text, language = in_language(item["label"], reader, languages(definition))
    at = int(number or 0) + (part == "questions")
    return Words(f"{text} ({at})" if number and (part == "questions" or item["count"] > 1 or item["goes_with"])
                 else text, language)  # fmt: skip
