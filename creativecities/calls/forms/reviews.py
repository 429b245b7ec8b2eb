"""What a reviewer types about a file."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import rubric
from creativecities.calls.models import Conflict
from creativecities.calls.queries.reviews import Sheet
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.forms.city import Versioned

LONGEST = 8000
READ_BY: dict[str, str | Promise] = {
    "all": _("The city reads this after the announcement, without your name."),
    "not-designated": _("The city reads this after the announcement if it is not designated, without your name."),
    "none": _("In this call the city does not read it: it serves the decision."),
}
"""Who reads the text for the city, by what the call says of feedback."""


def points_field(criterion: Mapping[str, Any], most: int, *, required: bool) -> forms.Field:
    """Where something stands by a criterion: from 1 to the most points of the scale."""
    return forms.TypedChoiceField(
        label=str(criterion["label"]), choices=[(at, str(at)) for at in range(1, most + 1)], coerce=int,
        empty_value=None, required=required, widget=forms.RadioSelect,
    )  # fmt: skip


class ReviewForm(Versioned):
    """Points for each criterion of one's group, and two texts for two circles of readers."""

    for_city = WrittenField(label=_("For the city"), rows=7, max_length=LONGEST, required=False)
    in_confidence = WrittenField(
        label=_("In confidence"), rows=4, max_length=LONGEST, required=False,
        help_text=_("Never read by the city: by the Secretariat, the head of the network, and the reviewers of this "
                    "file who have handed in."),
    )  # fmt: skip
    reason = WrittenField(
        label=_("Why you abstain"), rows=2, max_length=1000, required=False,
        help_text=_("Only for who hands in without points."),
    )  # fmt: skip

    def __init__(self, data: Any, sheet: Sheet) -> None:
        said = {**rubric.as_fields(sheet.said), "reason": sheet.said["reason"]}
        super().__init__(data, initial={**said, "opened": sheet.opened})
        self.criteria, most = sheet.criteria, rubric.scale(sheet.rubric)
        self.fields["for_city"].help_text = str(READ_BY[sheet.newest.definition["evaluation"]["feedback"]])
        for each in self.criteria:
            self.fields[rubric.POINTS + each["key"]] = points_field(each, most, required=False)

    @property
    def lines(self) -> list[tuple[dict[str, Any], Any]]:
        """Each criterion with its points."""
        return [(each, self[rubric.POINTS + each["key"]]) for each in self.criteria]

    @property
    def said(self) -> dict[str, Any]:
        """What was typed, as the review keeps it."""
        given = {each["key"]: self.cleaned_data[rubric.POINTS + each["key"]] for each in self.criteria}
        texts = {name: self.cleaned_data[name] for name in ("for_city", "in_confidence")}
        return {"scores": {key: points for key, points in given.items() if points}, **texts}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, to be compared with what was saved in another window."""
        return rubric.as_fields(self.said)


class ReturnForm(forms.Form):
    """Why a review is sent back to who wrote it."""

    reason = WrittenField(
        label=_("Reason"),
        rows=3,
        max_length=1000,
        help_text=_("Read by the reviewer beside the file, and in the trail."),
    )


class RecuseForm(forms.Form):
    """Why somebody must not judge a file."""

    kind = forms.ChoiceField(
        label=_("What keeps you from judging it"), choices=[(each.value, each.label) for each in Conflict.DECLARED]
    )
    detail = WrittenField(
        label=_("In your words"), rows=2, max_length=1000, help_text=_("Read by the Secretariat alone.")
    )
