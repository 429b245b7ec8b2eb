"""Bids and ballots as forms."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute import labels, voting
from creativecities.conference.forms.answers import AnswersForm
from creativecities.conference.models import Bid, Edition, Vote
from creativecities.conference.queries.voting import Named
from creativecities.core.clocks import exists, instant
from creativecities.core.forms import NO_SUCH_HOUR, Wall, offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import choices as language_choices


class BeginForm(forms.Form):
    """Which city begins a bid, and under which title."""

    city = forms.ChoiceField(label=_("Host city"))
    title = WrittenField(label=_("Title"), max_length=200)

    def __init__(self, *args: Any, cities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, city=cities)


class BidForm(AnswersForm):
    """A bid: its title, its language, and an answer to each criterion; none is needed before it is submitted."""

    title = WrittenField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, data: Any, *, bid: Bid, criteria: list[dict[str, Any]]) -> None:
        kept = {"opened": bid.version, "title": bid.title, "language": bid.language}
        super().__init__(data, items=criteria, answers=bid.answers, kept=kept)
        offer(self, language=language_choices("", get_language() or "en"))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as the bid keeps it."""
        given = self.cleaned_data
        return {"title": given["title"], "language": given["language"], "answers": self.answers}


class AskForm(forms.Form):
    """Which member city is asked to host along."""

    city = forms.ChoiceField(label=_("Another member city"))

    def __init__(self, *args: Any, cities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, city=[("", "–"), *cities])


class CheckForm(forms.Form):
    """Whether a bid is eligible, and why."""

    is_eligible = forms.ChoiceField(
        label=_("The check"), choices=[("yes", _("eligible")), ("no", _("not eligible"))], widget=forms.RadioSelect
    )
    reason = WrittenField(label=_("Reason"), rows=3, max_length=1000, help_text=_("The cities of the bid read it."))


class CallForm(forms.Form):
    """From when until when is voted, and by which rules: those of the edition unless they are changed here."""

    opens_at = Wall(label=_("The vote opens"))
    closes_at = Wall(label=_("The vote closes"))
    method = forms.ChoiceField(label=_("How is voted"), choices=[*labels.METHODS.items()])
    quorum = forms.IntegerField(label=_("Member cities that must vote, of a hundred"), min_value=1, max_value=100)
    tie = forms.ChoiceField(label=_("A tie is settled by"), choices=[*labels.TIES.items()])
    bidders_vote = forms.BooleanField(label=_("Cities that bid vote too"), required=False)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.edition = edition

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in ("opens_at", "closes_at"):
            if name in values and not exists(values[name], self.edition.zone):
                self.add_error(name, NO_SUCH_HOUR)
        if {"opens_at", "closes_at"} <= values.keys() and values["closes_at"] <= values["opens_at"]:
            self.add_error("closes_at", _("This is not after what comes before it."))
        return values

    @property
    def hours(self) -> dict[str, dt.datetime]:
        """The hours as instants."""
        return {name: instant(self.cleaned_data[name], self.edition.zone) for name in ("opens_at", "closes_at")}

    @property
    def terms(self) -> dict[str, Any]:
        """By which rules."""
        return {name: self.cleaned_data[name] for name in ("method", "quorum", "tie", "bidders_vote")}


class BallotForm(forms.Form):
    """One vote: a bid, several, or an order of them; or an abstention, which is said and never left to silence."""

    def __init__(self, data: Any, *, vote: Vote, bids: dict[str, Named]) -> None:
        super().__init__(data)
        self.vote, self.bids = vote, bids
        named = [(code, each.label) for code, each in bids.items()]
        if vote.method == voting.PLURALITY:
            self.fields["choice"] = forms.ChoiceField(
                label=_("Your vote"), choices=named, widget=forms.RadioSelect, required=False
            )
        elif vote.method == voting.APPROVAL:
            self.fields["choice"] = forms.MultipleChoiceField(
                label=_("Your vote"), choices=named, widget=forms.CheckboxSelectMultiple, required=False
            )
        else:
            ranks = [("", "–"), *((str(at), str(at)) for at in range(1, len(bids) + 1))]
            for code, label in named:
                self.fields[f"rank_{code}"] = forms.ChoiceField(label=label, choices=ranks, required=False)
        self.fields["abstain"] = forms.BooleanField(label=_("Our city abstains"), required=False)
        self.fields["sure"] = forms.BooleanField(
            label=_("This is the vote of our city. It cannot be changed or taken back."),
            error_messages={"required": _("Say that it is meant.")},
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if self.vote.method == voting.RANKING:
            given = sorted((int(values[f"rank_{code}"]), code) for code in self.bids if values.get(f"rank_{code}"))
            if [rank for rank, _code in given] != list(range(1, len(given) + 1)):
                raise forms.ValidationError(_("Give the ranks 1, 2, 3 … each once, without a gap."))
            values["choices"] = [code for _rank, code in given]
        else:
            choice = values.get("choice") or []
            values["choices"] = [choice] if isinstance(choice, str) else sorted(choice)
        if bool(values["choices"]) == bool(values.get("abstain")):
            raise forms.ValidationError(_("Name a bid or say that your city abstains: one of the two."))
        return values


class DecideForm(forms.Form):
    """Which of the tied bids hosts, and why."""

    bid = forms.ChoiceField(label=_("The bid that hosts"), widget=forms.RadioSelect)
    reason = WrittenField(label=_("Reason"), rows=4, max_length=2000, help_text=_("Everybody reads it."))

    def __init__(self, *args: Any, bids: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, bid=bids)
