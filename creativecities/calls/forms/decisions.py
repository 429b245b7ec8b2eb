"""What is typed while a decision is prepared: scenarios, and the wishes for which one is proposed."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.board import File
from creativecities.calls.compute.designation import Wishes
from creativecities.calls.models import Scenario
from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import Words
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.city import Versioned

LONGEST_NOTE = 4000


class NewScenarioForm(forms.Form):
    """A scenario that begins with nothing, or as a copy."""

    name = Words(label=_("Name"), max_length=80)
    source = forms.ChoiceField(label=_("Begin with"), required=False)

    def __init__(self, *args: Any, scenarios: list[Scenario], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, source=[("", _("nothing")), *((str(each.pk), each.name) for each in scenarios)])


class ScenarioForm(Versioned):
    """Its name, what is to be remembered of it, and the files it chooses."""

    name = Words(label=_("Name"), max_length=80)
    note = Words(label=_("Note"), required=False, rows=2, max_length=LONGEST_NOTE)
    ticked = forms.TypedMultipleChoiceField(label=_("Files"), required=False, coerce=int)

    def __init__(self, *args: Any, files: list[File], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(each.pk) for each in files}
        offer(self, ticked=[(each.pk, each.name) for each in files])

    @property
    def chosen(self) -> set[int]:
        """The files that are ticked now, whatever else is wrong with the form."""
        raw = self["ticked"].value() or []
        return {int(pk) for pk in map(str, raw) if pk in self.known}


class DecisionForm(Versioned):
    """What is to become of a file, and why."""

    is_designated = forms.TypedChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, coerce=lambda value: value == "yes",
        choices=[("yes", _("designate")), ("no", _("do not designate"))],
    )  # fmt: skip
    reason = Words(
        label=_("Reason"), rows=5, max_length=LONGEST_NOTE,
        help_text=_("The city reads it in its letter, once the decision is announced."),
    )  # fmt: skip


class TextForm(Versioned):
    """The announcement, in each language of the call."""

    def __init__(self, *args: Any, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes, reader = codes, get_language() or "en"
        for code in codes:
            name = language_name(code, reader)
            self.fields[f"title_{code}"] = Words(
                label=f"{LABELS['title']} ({name})", max_length=200, required=code == codes[0]
            )
            self.fields[f"text_{code}"] = Words(
                label=f"{LABELS['text']} ({name})", rows=8, max_length=20_000, required=False
            )

    def said(self, name: str) -> dict[str, str]:
        """What was typed under a name, by language."""
        return {code: self.cleaned_data[f"{name}_{code}"] for code in self.codes}


class AnnounceForm(Versioned):
    """The last look before everybody knows: what was read, and that it is meant."""

    designations = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    below_quorum = forms.BooleanField(
        label=_("Files with fewer reviews than needed are decided on nonetheless"), required=False
    )
    sure = forms.BooleanField(label=_("Announce all of this now; it cannot be taken back"))


LABELS = {"title": _("Title"), "text": _("Text")}


def _number(label: Any, **kwargs: Any) -> forms.IntegerField:
    given = {"min_value": 0, "max_value": 500, "required": False, "initial": 0, **kwargs}
    return forms.IntegerField(label=label, **given)


class WishesForm(forms.Form):
    """What a choice is to keep. 0 is no wish."""

    name = Words(label=_("Name of the scenario"), max_length=80)
    number = _number(_("Designations"), min_value=1, required=True)
    expert_share = _number(
        _("Share of the experts’ points, in per cent"), max_value=100, required=True, initial=50,
        help_text=_("The rest is that of the member cities. Only here are the two put together, by this share."),
    )  # fmt: skip
    from_regions = _number(_("From under-represented regions, at least"))
    per_field = _number(_("In each creative field, at least"))
    new_countries = _number(_("First cities of a country, at least"))
    per_country = _number(_("From one country, at most"), help_text=_("0 is no limit."))
    distinct_fields = forms.BooleanField(label=_("Cities of one country in different fields"), required=False)

    def wishes(self, definition: dict[str, Any]) -> Wishes:
        """What was typed; regions and fields are those of the call."""
        given: dict[str, Any] = {name: value or 0 for name, value in self.cleaned_data.items() if name != "name"}
        rules = definition["rules"]
        return Wishes(**given, regions=tuple(rules["regions"]), fields=tuple(rules["fields"]))
