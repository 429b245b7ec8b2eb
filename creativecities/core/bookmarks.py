"""How far a person has read in what is written about a thing: kept for them alone, and only ever moved forward.

It is no event: nobody has to account for what they read, and nobody else is told.
"""

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef

from creativecities.core.models import Bookmark


def put(person: Any, thing: models.Model, number: int) -> None:
    """Note that a person has read everything about a thing up to this number."""
    own = {"person_id": person.pk, "label": thing._meta.label_lower, "thing_id": thing.pk}
    mark, is_new = Bookmark.objects.get_or_create(**own, defaults={"number": number})
    if not is_new:
        Bookmark.objects.filter(pk=mark.pk, number__lt=number).update(number=number)


def has_read(person: Any, model: type[models.Model], column: str) -> Exists:
    """Whether a row, numbered by its primary key and about what `column` names, is one this person has read."""
    marks = Bookmark.objects.filter(person_id=person.pk, label=model._meta.label_lower, thing_id=OuterRef(column))
    return Exists(marks.filter(number__gte=OuterRef("pk")))


def forget(person_id: int) -> None:
    """Nothing is left of what somebody has read."""
    Bookmark.objects.filter(person_id=person_id).delete()
