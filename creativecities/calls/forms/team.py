"""Who prepares a file: whom to invite, and who does what."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Contributor
from creativecities.calls.rules.team import ROLES
from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import Words

CHOICES = [(role.value, role.label) for role in ROLES]


class InviteForm(forms.Form):
    name = Words(label=_("Name"), max_length=120)
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(
        label=_("What they do"), choices=CHOICES,
        help_text=_("Editors write. Readers read and comment. Only the owner hands the file in."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)


class PartForm(forms.Form):
    """What one of the team does; the owner of a file stays its owner here."""

    role = forms.ChoiceField(label=_("What they do"), choices=CHOICES)
    sections = forms.MultipleChoiceField(
        label=_("Looks after"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip

    def __init__(self, data: Any, *, part: Contributor, sections: list[tuple[str, str]]) -> None:
        initial = {"role": part.role, "sections": part.sections}
        super().__init__(data, initial=initial, auto_id=f"part_{part.pk}_%s")
        offer(self, sections=sections)
        if part.role == Contributor.Role.OWNER:
            del self.fields["role"]
