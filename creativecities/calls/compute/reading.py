"""A call as somebody reads it: every text in their language where it is written, else in the call's first one."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from creativecities.calls.compute.definition import Definition, Item, languages, questions_in
from creativecities.calls.compute.instants import instants, moved_along
from creativecities.calls.compute.labels import LABELS
from creativecities.core.clocks import last_minute
from creativecities.core.words import Words, in_language


@dataclass(frozen=True)
class Step:
    """One date of a call: the instant, and the day and hour the clock of its zone shows."""

    name: str
    label: str | Promise
    at: dt.datetime
    day: dt.date
    hour: str
    is_past: bool


ENDS = ("commissions_by", "closes_at", "checked_by", "evaluated_by")
"""Dates until which something is done: midnight is the end of the day before."""


def steps(definition: Definition, now: dt.datetime, deadline: dt.datetime | None) -> list[Step]:
    """The dates that are set, in order; `deadline` is the one that holds for every country now."""
    rows, dates = [], instants(definition)
    if deadline and "commissions_by" in dates:
        dates["commissions_by"] = moved_along(dates["commissions_by"], dates["closes_at"], deadline)
    if deadline:
        dates["closes_at"] = deadline
    for name, at in dates.items():
        day, hour = last_minute(at) if name in ENDS else (at.date(), f"{at:%H:%M}")
        rows.append(Step(name, LABELS[name], at, day, hour, at <= now))
    return rows


def said(item: Item, reader: str, fallback: list[str]) -> Item:
    """An item of a call, or what can be chosen in it, with each text in the reader's language or in the first there is.

    `fallback` are the languages of the call.
    """
    return {
        name: Words(*in_language(value, reader, fallback)) if isinstance(value, dict) else value
        for name, value in item.items()
    } | ({"options": [said(option, reader, fallback) for option in item["options"]]} if item.get("options") else {})


def read(definition: Definition, reader: str) -> dict[str, Any]:
    """The whole call: its texts, and its lists with what belongs together put together."""
    fallback = languages(definition)

    def asked(section: str, block: str = "") -> list[Item]:
        found = questions_in(definition, section, block)
        return [
            said(each, reader, fallback) | {"inside": asked(section, each["key"]) if not block else []}
            for each in found
        ]

    return {
        **said(definition["about"], reader, fallback),
        "sections": [
            said(each, reader, fallback) | {"questions": asked(each["key"])} for each in definition["sections"]
        ],
        **{
            name: [said(each, reader, fallback) for each in definition[name]]
            for name in ("documents", "criteria", "answers")
        },
    }
