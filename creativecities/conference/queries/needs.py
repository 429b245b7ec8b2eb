"""What delegates say of themselves: the further questions of an edition, and what of it is kept no longer."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import get_language

from creativecities.conference import states
from creativecities.conference.models import Delegate, Edition, Needs
from creativecities.core import days
from creativecities.core.words import in_language

POSTPONED_LASTS = dt.timedelta(days=365)
"""How long a postponed edition is waited for, from its old days on, before its delegates are forgotten all the same."""


@dataclass(frozen=True)
class Question:
    """A further question of an edition, in the reader's language."""

    key: str
    kind: str
    label: str
    guidance: str
    is_required: bool
    keep_days: int


def questions(edition: Edition, role: str = "") -> list[Question]:
    """What is asked of those who come in a role."""
    said, reader = edition.settings, get_language() or "en"

    def words(item: Any, name: str) -> str:
        return in_language(item.get(name, {}), reader, said["languages"])[0]

    return [
        Question(item["key"], item["kind"], words(item, "label") or item["key"], words(item, "guidance"),
                 bool(item.get("is_required")), int(item.get("keep_days", said["forget_after_days"])))
        for item in said["form"] if not role or role in item.get("roles", [role])
    ]  # fmt: skip


def of(delegate: Delegate) -> Needs:
    """What is written of a delegate; nothing yet where nobody has said anything. One statement."""
    return Needs.objects.filter(delegate=delegate).first() or Needs(delegate=delegate)


def answered(delegate: Delegate, said: Needs) -> list[tuple[str, str]]:
    """What was answered to the further questions, with their labels."""
    if not said.answers:
        return []
    asked = questions(delegate.delegation.edition, delegate.role)
    given = [(each.label, said.answers[each.key]) for each in asked if each.key in said.answers]
    return [(label, "✓" if value is True else str(value)) for label, value in given]


def own(person: Any, edition: Edition) -> Delegate:
    """One's own entry in an edition; Http404 where there is none. One statement."""
    found = Delegate.objects.filter(person_id=person.pk, delegation__edition=edition).exclude(state=states.WITHDRAWN)
    first = found.select_related("delegation__city", "bound_to").order_by("pk").first()
    if first is None:
        raise Http404
    first.delegation.edition = edition
    return first


@dataclass(frozen=True)
class Going:
    """What of an edition is kept no longer: everything, or the answers to some questions."""

    edition: Edition
    is_all: bool
    keys: frozenset[str]


def to_forget() -> list[Going]:
    """Editions over for so long that something goes which is still there. One statement where nothing is kept."""
    today, found = days.today(), []
    kept = Exists(Needs.objects.filter(delegate__delegation__edition=OuterRef("pk"))) | Exists(
        Delegate.objects.named().exclude(name="").filter(delegation__edition=OuterRef("pk"))
    )
    for edition in Edition.objects.filter(kept):
        since = (today - _over_on(edition)).days
        all_keys = {each.key: each.keep_days for each in questions(edition)}
        gone = frozenset(key for key, kept in all_keys.items() if since > kept)
        is_all = since > edition.settings["forget_after_days"]
        if (is_all or gone) and _is_there(edition, gone, is_all=is_all):
            found.append(Going(edition, is_all, gone))
    return found


def _is_there(edition: Edition, keys: frozenset[str], *, is_all: bool) -> bool:
    if is_all and Delegate.objects.named().exclude(name="").filter(delegation__edition=edition).exists():
        return True
    rows = Needs.objects.filter(delegate__delegation__edition=edition).values_list("diet", "access", "answers")
    return any((is_all and (diet or access)) or keys & set(answers) for diet, access, answers in rows)


def are_over(edition: Edition) -> bool:
    """Whether names and needs have been deleted by rule."""
    return last_day_of(edition) < days.today()


def last_day_of(edition: Edition) -> dt.date:
    """Until when names and what is said of needs are kept."""
    return _over_on(edition) + dt.timedelta(days=int(edition.settings["forget_after_days"]))


def _over_on(edition: Edition) -> dt.date:
    """From which day on one counts: the last one of an edition, or of its year where its days are not known yet.

    Who was to come to a postponed one is kept for its new days, but not for ever.
    """
    day = edition.last_day or dt.date(edition.year, 12, 31)
    return day + POSTPONED_LASTS if edition.state == states.POSTPONED else day
