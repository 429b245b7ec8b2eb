"""What a coordinator writes."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import choices


class AnnouncementForm(forms.Form):
    """Words for all cities of a field; `once` names this form, `sure` says that the count was seen."""

    language = forms.ChoiceField(label=_("Language of the text"))
    subject = WrittenField(label=_("Subject"), max_length=120)
    text = WrittenField(
        label=_("Text"), max_length=5000, rows=10,
        help_text=_("At most 5,000 characters. It is sent as it stands, in the language it is written in."),
    )  # fmt: skip
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spoken: Any = self.fields["language"]
        spoken.choices = choices("", get_language() or "en")
        spoken.initial = (get_language() or "en").split("-")[0]
