"""What the owner of a file confirms before it is handed in, or given up."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HandInForm(forms.Form):
    is_read = forms.BooleanField(
        label=_("I have read the whole file. What it says is true, and the city hands it in."),
        error_messages={"required": _("Confirm this before the file is handed in.")},
    )


class GiveUpForm(forms.Form):
    is_sure = forms.BooleanField(
        label=_("The city does not apply in this call."),
        error_messages={"required": _("Confirm this before the file is given up.")},
    )
