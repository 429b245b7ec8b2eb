"""What an edition is run by, as one document: its texts, languages, places, quotas and form. Cloned whole each year.

The document is plain JSON. Lists have keys that never change, for what people answer is kept under them.
"""

import copy
from typing import Any

Settings = dict[str, Any]

PARTS = ("about", "when", "work", "delegations", "hosting", "cases", "letter")
"""What is written once. `when` stands in columns of its own, the others in the document: see `part`."""
LISTS = ("places", "form", "criteria", "questions", "rubric", "survey")
"""What an edition has several of: places have a `name` and an `address`; fields of the form a `label`, a `guidance`, a
`kind`, whether it `is_required`, the `roles` that are asked, and for how many days after the edition it is kept.
Criteria are what a bid answers: a `label`, a `guidance`, a `kind` and whether it `is_required`; questions are the same
to a case. By the rubric cases are judged: a `label` and a `guidance` each. What is asked afterwards, in the `survey`,
has `options` besides, and kinds of its own: see compute/surveying.py."""
KINDS = ("line", "text", "number", "yes-no", "link")
"""Kinds of questions of a form."""
HOSTING = {"bids_until": "", "method": "plurality", "quorum": 50, "tie": "run-off", "bidders_vote": True}
"""Until when cities bid, on the clock of the place, and by which rules they vote on the bids; see compute/voting.py."""
CASES = {
    "asked": {}, "cases_from": "", "cases_until": "", "most_cases": 2, "case_languages": [], "by_country": False,
}  # fmt: skip
"""What is asked of cases, from when until when they are proposed, on the clock of the place, how many by a city, in
which languages (none: those of the edition); and whether nobody reads a case of their own country."""
LETTER: Settings = {"wording": {}, "signed_by": {}}
"""Of the invitation letter, by language; where there is no wording, ours is taken: see compute/inviting.py."""
_SINCE = {"hosting": HOSTING, "cases": CASES, "letter": LETTER}
"""What an edition of earlier years says nothing of."""
POINTS = (1, 2, 3, 4, 5)
"""By each line of the rubric."""
WORK = ("languages", "forget_after_days")
TEXTS = ("title", "theme", "summary", "practical")
ROLES = (
    "mayor", "deputy-mayor", "mayors-representative", "focal-point", "expert", "interpreter", "observer",
)  # fmt: skip
"""What a person comes as. An interpreter is bound to a delegate; observers and interpreters have no right to speak."""


def empty(languages: list[str]) -> Settings:
    """What an edition is run by before anybody has said anything of it."""
    return {
        "languages": languages,
        "about": {name: {} for name in TEXTS},
        "places": [],
        "delegations": {
            "most": 4, "seats": None, "answer_hours": 72,
            "quotas": {"mayor": 1, "deputy-mayor": 1, "mayors-representative": 1, "focal-point": 1, "expert": 2,
                       "interpreter": 2, "observer": 1},
        },
        "form": [],
        "criteria": [],
        "survey": [],
        "questions": [],
        "rubric": [],
        "hosting": dict(HOSTING),
        "cases": copy.deepcopy(CASES),
        "letter": copy.deepcopy(LETTER),
        "forget_after_days": 30,
    }  # fmt: skip


def part(settings: Settings, name: str) -> dict[str, Any]:
    """What a part of the document says."""
    if name == "work":
        return {each: settings[each] for each in WORK}
    said: dict[str, Any] = settings[name] if name in settings else _SINCE[name]
    return said


def listed(settings: Settings, name: str) -> list[dict[str, Any]]:
    """The items of a list; an edition of earlier years has none of some."""
    said: list[dict[str, Any]] = settings.get(name, [])
    return said


def with_part(settings: Settings, name: str, values: dict[str, Any]) -> Settings:
    """The document with a part that says something else."""
    return settings | (values if name == "work" else {name: values})


def find(settings: Settings, name: str, key: str) -> dict[str, Any] | None:
    """The item of a list with this key."""
    return next((item for item in listed(settings, name) if item["key"] == key), None)


def cloned(settings: Settings) -> Settings:
    """What the next edition begins with: everything but the words about this one."""
    said = copy.deepcopy(settings)
    said["about"] = {name: {} for name in TEXTS}
    said["hosting"] = part(said, "hosting") | {"bids_until": ""}
    said["cases"] = part(said, "cases") | {"asked": {}, "cases_from": "", "cases_until": ""}
    return said


def quota(settings: Settings, role: str) -> int:
    """How many people a city may bring in a role."""
    return int(settings["delegations"]["quotas"].get(role, 0))


def case_languages(settings: Settings) -> list[str]:
    """The languages in which a case can be written."""
    found: list[str] = part(settings, "cases")["case_languages"] or settings["languages"]
    return found
