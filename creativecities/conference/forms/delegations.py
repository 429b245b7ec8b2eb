"""What a city's team says of those it sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.models import Delegate
from creativecities.conference.queries import delegations as queries
from creativecities.conference.queries.delegations import Sent
from creativecities.core.forms import choose_from, offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.forms.city import DATE, Versioned


class DelegateForm(forms.Form):
    """Who comes: chosen from those who hold a mandate for the city, or typed."""

    person = forms.ChoiceField(
        label=_("Somebody with a mandate for the city"), required=False,
        help_text=_("Their name is filled in, and they see their entry with their account."),
    )  # fmt: skip
    name = WrittenField(
        label=_("Name"), max_length=200, required=False,
        help_text=_("In any script, as the badge shows it. It can stay empty until you confirm by name."),
    )  # fmt: skip
    latin_name = WrittenField(
        label=_("Name in Latin letters"), max_length=200, required=False,
        help_text=_("As in the passport: for the invitation letter."),
    )  # fmt: skip
    office = WrittenField(
        label=_("Office"), max_length=200, required=False, help_text=_("What they do, as the badge says it.")
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Their own. It is shown to nobody but you and the Secretariat.")
    )  # fmt: skip
    gender = forms.ChoiceField(
        label=_("Gender, if given"), required=False, choices=[("", "–"), *Delegate.Gender.choices],
        help_text=_("Only counted, never shown."),
    )  # fmt: skip
    bound_to = forms.ModelChoiceField(
        label=_("For whom an interpreter interprets"), required=False, queryset=Delegate.objects.none()
    )  # fmt: skip

    def __init__(self, *args: Any, sent: Sent, role: str = "", now: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edition, city = sent.delegation.edition, sent.delegation.city
        held = queries.in_office(edition, city)
        wanted = [each for each in held if each.role == role] if role in Delegate.OFFICES else held
        self.people = {str(each.pk): each for each in [*queries.people(wanted), *([now] if now else [])]}
        offer(self, person=[("", "–"), *((pk, each.name) for pk, each in self.people.items())])
        self._bind(sent, role)

    def _bind(self, sent: Sent, role: str) -> None:
        bindable = queries.bindable(sent)
        choose_from(self, bound_to=Delegate.objects.filter(pk__in=[each.pk for each in bindable]))
        field: Any = self.fields["bound_to"]
        field.label_from_instance = lambda each: each.name or each.get_role_display()
        if not bindable or (role and role != Delegate.Role.INTERPRETER):
            del self.fields["bound_to"]

    def clean(self) -> dict[str, Any]:
        """Who is chosen needs no name typed."""
        said = super().clean() or self.cleaned_data
        person = self.people.get(said.get("person", ""))
        if person is not None and not said.get("name") and "name" not in self.errors:
            said["name"] = person.name
        return said

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in ("opened", "role", "waits")}
        return {"bound_to": None, **said, "person": self.people.get(said["person"])}


class NominateForm(DelegateForm):
    """Somebody new, in a role."""

    role = forms.ChoiceField(label=_("Role"))
    waits = forms.BooleanField(
        label=_("If no place is free, put them on the waiting list"), required=False,
        help_text=_("When one falls free it is offered to you for some days, in the order of time."),
    )  # fmt: skip
    field_order = ("role",)

    def __init__(self, *args: Any, sent: Sent, **kwargs: Any) -> None:
        super().__init__(*args, sent=sent, **kwargs)
        offer(self, role=[(each.role, f"{each.label} ({each.held}/{each.most})") for each in sent.quotas])


class ChangeForm(DelegateForm, Versioned):
    """Somebody who is in the delegation already."""


class WithdrawForm(forms.Form):
    """What becomes of the interpreters of somebody who does not come."""

    along = forms.ChoiceField(
        label=_("Their interpreters"), widget=forms.RadioSelect,
        choices=[("stay", _("stay in the delegation, for somebody else")), ("go", _("do not come either"))],
    )  # fmt: skip


class DeclineForm(forms.Form):
    """Why a city does not come."""

    reason = WrittenField(
        label=_("Reason"), rows=4, max_length=1000, help_text=_("It helps the next hosts. The Secretariat reads it.")
    )  # fmt: skip


class ReopenForm(forms.Form):
    """Until when one city may act after the deadlines."""

    until = forms.DateField(
        label=_("Open until the end of"), widget=DATE, help_text=_("The city nominates, names and confirms until then.")
    )  # fmt: skip


class RegisteredFilter(forms.Form):
    """Which cities."""

    q = forms.CharField(label=_("Name of the city"), required=False, max_length=100)
    answer = forms.ChoiceField(label=_("Answer"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    field = forms.ChoiceField(label=_("Creative field"), required=False)
    first = forms.ChoiceField(
        label=_("For the first time"), required=False,
        choices=[("", _("no restriction")), ("yes", _("Yes")), ("no", _("No"))],
    )  # fmt: skip

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, **{name: [("", _("no restriction")), *found] for name, found in choices.items()})
