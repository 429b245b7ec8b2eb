"""What a city writes when it invites, answers and withdraws."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.language import short
from creativecities.exchange.forms.fields import Cities
from creativecities.exchange.forms.texts import LONGEST_TEXT, WrittenField
from creativecities.exchange.models import Initiative, Invitation
from creativecities.exchange.queries import choices
from creativecities.network.forms.city import DATE, spoken_choices
from creativecities.network.models import CreativeField, Region

LATEST = dt.timedelta(days=3 * 366)
WHOM = ("fields_", "regions", "cities")


class InvitationForm(forms.Form):
    """Whom, to what, and on which terms; `once` names this form, `seen` the cities whose number was shown."""

    fields_ = forms.MultipleChoiceField(
        label=_("Cities of these creative fields"), required=False, widget=forms.CheckboxSelectMultiple
    )
    regions = forms.MultipleChoiceField(
        label=_("Cities of these regions"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Fields and regions narrow each other: only cities that belong to both are reached."),
    )  # fmt: skip
    cities = Cities(label=_("And these cities"), required=False, help_text=_("One on each line, besides those above."))
    starts_on = forms.DateField(label=_("First day"), widget=DATE)
    ends_on = forms.DateField(label=_("Last day"), widget=DATE)
    pays = forms.ChoiceField(label=_("Who pays"), choices=Invitation.Pays.choices, widget=forms.RadioSelect)
    places = forms.IntegerField(
        label=_("Places"), min_value=1, max_value=Invitation.MOST_PLACES,
        help_text=_("How many cities can come. When all are taken, further ones can wait for one to fall free."),
    )  # fmt: skip
    answer_by = forms.DateField(
        label=_("Answer by"), widget=DATE, help_text=_("The last day on which they can say yes.")
    )
    text = WrittenField(
        label=_("Text"), max_length=LONGEST_TEXT, rows=8,
        help_text=_("What awaits the guests, and what you ask of them. At most 4,000 characters."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the text"))
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, one: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        reader = get_language() or "en"
        named: Any = self.fields
        named["fields_"].choices = [(field.pk, field.name) for field in CreativeField.objects.all()]
        named["regions"].choices = [(region.pk, region.name) for region in Region.objects.all()]
        named["cities"].name_them(choices.members(short(reader), days.today()), lead=one.lead.slug)
        named["language"].choices = spoken_choices(one.lead, one.language)
        named["language"].initial = one.language
        if one.precision == "day":
            named["starts_on"].initial, named["ends_on"].initial = one.starts_on, one.ends_on or one.starts_on

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        today, starts, ends = days.today(), values.get("starts_on"), values.get("ends_on")
        if starts and not today < starts <= today + LATEST:
            self.add_error("starts_on", _("Choose a day after today, at most three years from now."))
        elif starts and ends and ends < starts:
            self.add_error("ends_on", _("It ends before it begins."))
        elif ends and ends > today + LATEST:
            self.add_error("ends_on", _("Choose a day after today, at most three years from now."))
        last = values.get("answer_by")
        if last and (last < today or (starts and last > starts)):
            self.add_error("answer_by", _("Choose a day from today until the first day of what you invite to."))
        if not (self.errors.keys() & {"fields_", "regions", "cities"} or any(map(values.get, WHOM))):
            self.add_error("fields_", _("Choose whom you invite: fields, regions, or single cities."))
        return values

    @property
    def whom(self) -> dict[str, Any]:
        """Fields, regions and cities, as the query takes them."""
        return {name.removesuffix("_"): self.cleaned_data[name] for name in WHOM}

    @property
    def values(self) -> dict[str, Any]:
        """What the invitation says."""
        return {name: value for name, value in self.cleaned_data.items() if name not in (*WHOM, "once", "seen")}


class InvitationAnswerForm(forms.Form):
    """What an invited city says."""

    answer = forms.ChoiceField(choices=[("accept", ""), ("wait", ""), ("decline", "")])
    word = WrittenField(
        label=_("A word to the host"), required=False, max_length=500, rows=3,
        help_text=_("Who would come, or what keeps you. The team of the host reads it."),
    )  # fmt: skip


class WithdrawalForm(forms.Form):
    """Why an invitation no longer stands."""

    reason = WrittenField(label=_("Reason"), max_length=1000, rows=3, help_text=_("All invited cities read it."))
