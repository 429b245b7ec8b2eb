"""How an invitation letter is asked for: in which language, and with which passport."""

from django import forms
from django.conf import settings
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _


class PaperForm(forms.Form):
    """The paper of a letter. What is typed here is set on it and kept nowhere."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    passport = forms.CharField(
        label=_("Passport number"), required=False, max_length=20,
        validators=[RegexValidator(r"^[A-Za-z0-9 -]+\Z", _("Letters A to Z and digits only."))],
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
        help_text=_("Some embassies ask for it. It is set on the paper and kept nowhere."),
    )  # fmt: skip
