"""Turn typed text into clean values."""

import hmac
import time
import zoneinfo
from collections.abc import MutableMapping
from functools import cache
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context as current
from allauth.core.internal.cryptokit import compare_user_code
from django import forms
from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import RHYTHMS, Person

CODE_LASTS_SECONDS = 15 * 60
MOST_TRIES = 5


class SendCodeForm(RequestLoginCodeForm):  # type: ignore[misc]
    """The one question of signing in: which address?"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail address")
        self.fields["email"].widget.attrs.pop("placeholder", None)

    def clean_email(self) -> str:
        """The address; its limits come before anybody is looked for."""
        get_adapter().ask_for_code(self.cleaned_data["email"])
        email: str = super().clean_email()
        return email


class EnterCodeForm(ConfirmLoginCodeForm):  # type: ignore[misc]
    """The code that came by mail. Blanks and dashes do not matter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the mail")
        self.fields["code"].widget.attrs.pop("placeholder", None)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}
        if not self.expected_code:  # the person of a known address was read for this page; an unknown one costs as much
            Person.objects.filter(pk=0).first()

    def clean_code(self) -> str:
        """A right code works once, in one of the browsers that wait for it."""
        adapter, email = get_adapter(), current.request._login_stage.state["email"]
        long = adapter.long_code_out(email)
        if self.expected_code and long and compare_user_code(actual=self.cleaned_data["code"], expected=long):
            self.expected_code: str = long
        code: str = super().clean_code()
        if not adapter.use_code(email, self.expected_code):
            raise adapter.validation_error("incorrect_code")
        return code


@cache
def time_zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Places of the time-zone database by continent."""
    groups: dict[str, list[tuple[str, str]]] = {"UTC": [("UTC", "UTC")]}
    for name in sorted(zoneinfo.available_timezones()):
        area, slash, place = name.partition("/")
        if slash and area not in ("Etc", "SystemV", "posix", "right", "US", "Brazil", "Canada", "Chile", "Mexico"):
            groups.setdefault(area, []).append((name, place.replace("_", " ").replace("/", ", ")))
    return list(groups.items())


class ProfileForm(forms.Form):
    """My account: how I am called and how the platform speaks to me."""

    name = forms.CharField(
        label=_("Name"), max_length=120, help_text=_("As you write it; others see it beside what you do.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    rhythm = forms.ChoiceField(
        label=_("Notices by mail"),
        choices=RHYTHMS,
        help_text=_("Codes, invitations and what needs your answer always come at once."),
    )

    def clean_name(self) -> str:
        """One line, without stray blanks."""
        return " ".join(str(self.cleaned_data["name"]).split())


class WitnessForm(forms.Form):
    """Why a witness is sure that it is this person who lost the second factor."""

    witness_reason = forms.CharField(
        label=_("How do you know that it is them?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=10,
        max_length=500,
        help_text=_("For example: I called the number we have on file. It is kept in the history."),
    )


def keep_code(session: MutableMapping[str, Any], code: str, *, purpose: str) -> None:
    """Remember in the session, unreadably, which code confirms what, and since when."""
    session[f"code_{purpose}"] = {"code": _sealed(code, purpose), "at": time.time(), "tries": 0}


def _sealed(code: str, purpose: str) -> str:
    return salted_hmac(f"accounts.code.{purpose}", code, algorithm="sha256").hexdigest()


class ConfirmForm(forms.Form):
    """The code that confirms a deciding act: it works once, for 15 minutes, and may be mistyped five times."""

    code = forms.CharField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, session: MutableMapping[str, Any], purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.session, self.purpose = session, purpose

    def clean_code(self) -> str:
        """Compare with the code kept in the session."""
        name = f"code_{self.purpose}"
        kept = self.session.get(name)
        if not kept or time.time() - kept["at"] > CODE_LASTS_SECONDS or kept["tries"] >= MOST_TRIES:
            self.session.pop(name, None)
            raise forms.ValidationError(_("This code is no longer valid. Ask for a new one."), code="expired")
        typed = "".join(character for character in self.cleaned_data["code"] if character.isdigit())
        if not hmac.compare_digest(_sealed(typed, self.purpose), kept["code"]):
            self.session[name] = kept | {"tries": kept["tries"] + 1}
            raise forms.ValidationError(_("That is not the code of the mail. Try again."), code="wrong")
        self.session.pop(name)
        return typed
