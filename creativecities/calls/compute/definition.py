"""What a call says, as one document: its dates, rules, documents, form and rubric, each in the call's languages.

The document is plain JSON, so that it can be versioned, compared and cloned whole. Lists are flat: a question names
the section it stands in and, in a repeating block, the block. Keys never change, for answers are kept under them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Definition = dict[str, Any]
Item = dict[str, Any]

PARTS = ("about", "dates", "rules", "evaluation")
"""What is written once in a call."""
LISTS = ("sections", "questions", "documents", "criteria", "answers")
"""What a call has several of, each with a key, in their order."""
KINDS = ("line", "text", "number", "yes-no", "choice", "choices", "link", "block")
COUNTED = ("line", "text")
"""Kinds of questions that have a limit of words."""
GROUPS = ("expert", "member-city")
"""The two groups of reviewers, never mixed into one ranking."""
KEPT_MONTHS = 24
"""For so long files are kept after a call is over, where it does not say otherwise."""
DATES = ("opens_at", "commissions_by", "closes_at", "checked_by", "evaluated_by", "announced_at")
"""The instants of a call, in their order; in its own zone, without offset."""


def empty(languages: list[str], zone: str) -> Definition:
    """A call that says nothing yet."""
    return {
        "about": {"title": {}, "summary": {}, "guidance": {}},
        "dates": {"zone": zone, **dict.fromkeys(DATES, "")},
        "rules": {
            "languages": languages, "fields": [], "endorsements_per_country": None, "distinct_fields": False,
            "population_floor": None, "cooldown_calls": 0, "members_may_apply": False, "regions": [], "most_links": 0,
            "keep_months": KEPT_MONTHS,
        },
        "evaluation": {
            "scale": 5, "expert_reviews": 0, "member_city_reviews": 0, "quorum": 1, "disagreement": 2,
            "conflict_years": 5, "feedback": "all",
        },
        **{name: [] for name in LISTS},
    }  # fmt: skip


def languages(definition: Definition) -> list[str]:
    """The languages of the call; the first one is the one to fall back to."""
    chosen: list[str] = definition["rules"]["languages"]
    return chosen


def find(definition: Definition, name: str, key: str) -> Item | None:
    """The item of a list with this key."""
    return next((item for item in definition[name] if item["key"] == key), None)


def keys(definition: Definition) -> set[str]:
    """The keys of everything a call has several of."""
    return {item["key"] for name in LISTS for item in definition[name]}


def inside(definition: Definition, name: str, key: str) -> list[Item]:
    """The questions that stand in a section or a block, and go with it."""
    place = {"sections": "section", "questions": "block"}.get(name)
    return [each for each in definition["questions"] if place and each.get(place) == key]


def questions_in(definition: Definition, section: str, block: str = "") -> list[Item]:
    """The questions of a section, or of a repeating block in it, in their order."""
    return [
        each for each in definition["questions"] if each["section"] == section and each.get("block", "") == block
    ]  # fmt: skip


def texts(definition: Definition) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Every text that people read: the list or part it stands in, the item's key, and the text by language."""
    for name, text in definition["about"].items():
        yield "about", name, text
    for name in LISTS:
        for item in definition[name]:
            for value in item.values():
                if isinstance(value, dict):
                    yield name, item["key"], value
                for option in value if isinstance(value, list) else ():
                    if isinstance(option, dict):
                        yield name, item["key"], option["label"]


def personal_questions(definition: Definition) -> set[str]:
    """The keys of the questions that ask for people: names, addresses, telephones."""
    sections = {each["key"] for each in definition["sections"] if each.get("is_personal")}
    return {each["key"] for each in definition["questions"] if each["section"] in sections}
