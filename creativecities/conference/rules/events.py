"""Who reads what happened to bids and cases: nobody learns of one they do not see, nor of what was written in it."""

from typing import Any

from django.db.models import CharField, Model, Q
from django.db.models.functions import Cast

from creativecities.conference.models import Bid, Case

WRITTEN = ("conference.bid.saved", "conference.case.saved")
"""These hold texts that others read only as they were handed in."""


def limit(person: Any) -> Q:
    """Of bids and cases only those a person sees, and never what was saved on the way."""
    return ~Q(kind__in=WRITTEN) & _seen(Bid, person) & _seen(Case, person)


def _seen(model: type[Bid] | type[Case], person: Any) -> Q:
    rows = model.objects.visible_to(person).order_by().values(as_text=Cast("pk", CharField()))
    return ~Q(subject_label=_label(model)) | Q(subject_label=_label(model), subject_id__in=rows)


def _label(model: type[Model]) -> str:
    return model._meta.label_lower
