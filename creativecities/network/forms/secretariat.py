"""What the Secretariat types: mandates, commissions, filters of its lists."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import URLValidator
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from creativecities.core import days, events
from creativecities.core.forms import choose_from, offer
from creativecities.core.models import Mail
from creativecities.network.forms.city import DATE
from creativecities.network.models import City, Mandate

ROLE = dict(Mandate.Role.choices)


class PersonForm(forms.Form):
    """Who is meant. An address nobody has yet opens an account."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("As they write it. If the address has an account, its own name stays."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the mails"), choices=settings.LANGUAGES)


class DatedForm(PersonForm):
    """Who holds a role from when until when."""

    start = forms.DateField(label=_("From"), widget=DATE, initial=days.today)
    end = forms.DateField(
        label=_("Until"), required=False, widget=DATE, help_text=_("The first day without the mandate; empty: open.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", _("The end must be after the beginning."))
        return values


class CityMandateForm(DatedForm):
    role = forms.ChoiceField(label=_("Mandate"), choices=[(role, ROLE[role]) for role in Mandate.CITY_ROLES])
    field_order = ["role"]


class InviteForm(PersonForm):
    """Somebody who is to take up a role by following a link."""

    role = forms.ChoiceField(
        label=_("Mandate"),
        choices=[(role, ROLE[role]) for role in ("focal-point", "alternative-contact", "mayors-representative")],
    )
    field_order = ["role"]


class CloseForm(forms.Form):
    on = forms.DateField(
        label=_("Ends on"), widget=DATE, initial=days.today,
        help_text=_("From this day on the mandate is no longer in force."),
    )  # fmt: skip


class SuccessorForm(PersonForm):
    """Who follows, and when."""

    on = forms.DateField(label=_("From"), widget=DATE, initial=days.today)


class CoordinatorForm(DatedForm):
    """A member city that leads a sub-network, and the person who does it."""

    role = forms.ChoiceField(label=_("Mandate"), choices=[(role, ROLE[role]) for role in Mandate.FIELD_ROLES])
    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.none(), to_field_name="slug")
    end = forms.DateField(label=_("Until"), required=False, widget=DATE, help_text=_("Empty: two years."))
    field_order = ["role", "city"]

    def __init__(self, *args: Any, field: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = City.objects.filter(memberships__field=field, memberships__end__isnull=True)
        choose_from(self, city=members)


class CommissionForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the commission"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    website = forms.URLField(
        label=_("Website"), required=False, max_length=300, assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])], widget=forms.URLInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("E-mail"), required=False, help_text=_("Seen by members and the Secretariat only.")
    )


class OfficerForm(DatedForm):
    """An officer of a National Commission."""


class CityFilter(forms.Form):
    q = forms.CharField(label=_("Name of the city"), required=False, max_length=100)
    field = forms.ChoiceField(label=_("Creative field"), required=False)
    lacks = forms.ChoiceField(
        label=_("Only cities"), required=False,
        choices=[
            ("", _("no restriction")), ("focal-point", _("without a focal point")),
            ("mayor", _("without a mayor on record")),
            ("own-portrait", _("without a portrait of their own")), ("contact", _("without an office e-mail")),
        ],
    )  # fmt: skip

    def __init__(self, *args: Any, fields: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, field=[("", _("no restriction")), *fields])


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Name or e-mail address"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Mandate"), required=False, choices=[("", _("no restriction")), *Mandate.Role.choices]
    )


class MailFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False,
        choices=[
            ("", _("no restriction")), (Mail.HELD, _("held until released")), (Mail.WAITING, _("waiting")),
            (Mail.GATHERED, _("gathered for a digest")),
            (Mail.FAILED, _("failed")), (Mail.SENT, _("sent")),
        ],
    )  # fmt: skip


# The kinds of events stand under the names of the desks where their things are.
DESKS: dict[str, str | Promise] = {
    "network.city": _("Cities"),
    "network.picture": _("Pictures"),
    "network.mandate": _("People"),
    "accounts.person": _("People"),
    "accounts.invitation": _("People"),
    "network.nationalcommission": _("National Commissions"),
    "network.imported": _("Reference data"),
    "network.reference": _("Reference data"),
    "network.listing": _("Reference data"),
    "core.mail": _("Outbox"),
    "accounts.mail": _("Outbox"),
    "core.storedfile": _("Files"),
}


class EventFilter(forms.Form):
    actor = forms.CharField(label=_("Who"), required=False, max_length=100)
    subject = forms.CharField(label=_("Concerning"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    since = forms.DateField(label=_("Since"), required=False, widget=DATE)
    until = forms.DateField(label=_("Until"), required=False, widget=DATE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, kind=[("", _("no restriction")), *_kinds().items()])


def _kinds() -> dict[str, dict[str, str]]:
    """Every kind of event by its sentence, under the name of its desk; a kind of no desk under its own."""
    found: dict[str, dict[str, str]] = {str(name): {} for name in DESKS.values()}
    for kind in sorted(events.kinds()):
        thing = kind.rpartition(".")[0]
        found.setdefault(str(DESKS.get(thing, thing)), {})[kind] = events.label(kind)
    return found


class DecisionForm(forms.Form):
    """Take the value of the files, or keep what a person wrote."""

    decision = forms.ChoiceField(choices=[("take", _("Take the files’ value")), ("keep", _("Keep ours"))])
    column = forms.CharField(max_length=60)
