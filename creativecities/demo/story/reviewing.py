"""Who reads the files: outside experts and member cities are asked, declare, are given files, and judge them."""

import datetime as dt
from typing import Any

from creativecities.accounts.models import Person
from creativecities.calls import states
from creativecities.calls.actions import assignments, reviewers, reviews
from creativecities.calls.compute.rubric import criteria_of
from creativecities.calls.jobs import work_out
from creativecities.calls.models import Application, Assignment, Call, Conflict, Reviewer
from creativecities.demo.story import clock, words
from creativecities.demo.story.files import rows, several
from creativecities.demo.story.filing import definition_of
from creativecities.network.compute.slug import plain_letters
from creativecities.network.models import CreativeField

MOST = {"expert": 12, "member-city": 10}
SILENT, SAYS_NO = 1, 2
"""Of 20 who are asked, one does not answer, and one says no."""
IN_CONFLICT = "focal-point@musterhafen.example.org"
"""The reviewer who reads files and is in conflict with others, in the cast of the demonstration."""
EXPERT, MEMBER = "ama-beispiel@experts.example.org", "focal-point@voorbeeldfontein.example.org"
ALWAYS = (IN_CONFLICT, EXPERT, MEMBER)
DAY, HOUR = dt.timedelta(days=1), dt.timedelta(hours=1)


def gather(call: Call, on: dt.datetime, *, by: Person) -> None:
    """Both pools are asked; most accept, promise confidence and declare."""
    with clock.at(on):
        for row in rows("experts"):
            lists = {name: several(row[name]) for name in ("fields", "languages", "countries")}
            address = f"{plain_letters(row['name'])}@experts.example.org"
            reviewers.invite_expert(
                call, email=address, name=row["name"], language=lists["languages"][0], most=MOST["expert"],
                about=row["about"], by=by, **lists,
            )  # fmt: skip
        asked = CreativeField.objects.filter(pk__in=definition_of(call)["rules"]["fields"])
        reviewers.invite_cities(call, asked, by=by)
    for reviewer in Reviewer.objects.filter(call=call).select_related("person", "city", "call"):
        with clock.at(on + words.number(reviewer.person.email, 1, 200) * HOUR):
            _answer(reviewer)


def _answer(reviewer: Reviewer) -> None:
    person, answer = reviewer.person, words.number(reviewer.person.email + "answer", 1, 20)
    if person.email not in ALWAYS and answer == SILENT:
        return
    if person.email not in ALWAYS and answer == SAYS_NO:
        reviewers.decline(reviewer, reason=words.said("declines", person.language, person.email), by=person)
        return
    read = reviewer.languages if reviewer.group == Reviewer.Group.EXPERT else ["en", "fr"]
    reviewers.accept(reviewer, most=MOST[reviewer.group], languages=read, by=person)
    reviewers.promise(reviewer, by=person)
    reviewers.declare(reviewer, _ties(reviewer), by=person)


def _ties(reviewer: Reviewer) -> dict[Application, tuple[str, str]]:
    """One reviewer in six has worked with one of the candidates, is close to somebody there, or gains by it."""
    seed = reviewer.person.email + "tie"
    if words.number(seed, 1, 6) > 1:
        return {}
    files = Application.objects.filter(call=reviewer.call, state=states.ELIGIBLE).order_by("city_name")
    file = files[words.number(seed, 0, len(files) - 1)]
    if Conflict.objects.filter(reviewer=reviewer, application=file).exists():
        return {}
    kind = Conflict.DECLARED[words.number(seed + "kind", 0, 2)]
    return {file: (kind, words.choices("tie", "en")[Conflict.DECLARED.index(kind)])}


def give_out(call: Call, on: dt.datetime, *, by: Person) -> int:
    """By the plan that the optimiser works out, applied as it is shown."""
    with clock.at(on):
        proposal = assignments.propose(call, keeps=True, by=by)
        work_out.call(proposal.pk)
        proposal.refresh_from_db()
        assignments.apply(proposal, by=by)
    return Assignment.objects.filter(reviewer__call=call).count()


def read(call: Call, until: dt.datetime, *, share: int) -> int:
    """Reviewers read what they have; so many of a hundred reviews are handed in, some begun. Says how many."""
    done = 0
    given = Assignment.objects.filter(reviewer__call=call, state=states.OPEN)
    known = given.select_related("reviewer__person", "application__call", "application__country")
    definition = definition_of(call)
    for one in known.order_by("pk"):
        luck = words.number(f"{one.reviewer.person.email} {one.application.city_name}", 1, 100)
        with clock.at(until - words.number(f"{one.pk} read", 1, 24 * 25) * HOUR):
            done += _judge(one, definition, luck, share)
    return done


def _judge(one: Assignment, definition: dict[str, Any], luck: int, share: int) -> bool:
    """Handed in, abstained or given back if the luck is within the share; begun if it is near."""
    person, said = one.reviewer.person, _opinion(one, definition)
    before = getattr(one, "review", None)
    opened = before.version if before else 0
    if luck > share + 12:
        return False
    if luck > share:
        reviews.save(one, said, opened=opened, by=person)
        return False
    if luck == 1:
        reviews.recuse(one, kind=Conflict.Kind.COLLABORATOR, detail=words.choices("tie", "en")[0], by=person)
        return False
    if luck == 2:
        reason = words.said("abstains", person.language, person.email)
        reviews.abstain(one, said, reason=reason, opened=opened, by=person)
        return True
    reviews.hand_in(one, said, opened=opened, by=person)
    return True


def quality(file: Application) -> int:
    """How good a file is in the story, in tenths of a point."""
    return words.number(file.city_name + "quality", 21, 46)


def _opinion(one: Assignment, definition: dict[str, Any]) -> dict[str, Any]:
    """Points around how good the file is, as strict as the reviewer is, and texts that fit them."""
    file, reviewer = one.application, one.reviewer
    seed = f"{reviewer.person.email} {file.city_name}"
    strict = words.number(reviewer.person.email + "strict", -5, 5)
    differs = -18 if words.number(seed + "differs", 1, 16) == 1 else 0
    scale = definition["evaluation"]["scale"]
    tenths = {
        each["key"]: quality(file) + strict + differs + words.number(seed + each["key"], -7, 7)
        for each in criteria_of(definition, reviewer.group)
    }
    points = {key: max(1, min(scale, round(value / 10))) for key, value in tenths.items()}
    mean = sum(points.values()) / max(1, len(points))
    level = "high" if mean >= 3.7 else "middle" if mean >= 2.7 else "low"
    speaks = file.language if file.language in reviewer.languages else "en"
    given = {"city": file.city_name}
    return {
        "scores": points,
        "for_city": words.said("for-city", speaks, seed, level, **given),
        "in_confidence": words.said("in-confidence", speaks, seed, level, **given)
        if words.number(seed + "quiet", 1, 3) > 1 else "",
    }  # fmt: skip
