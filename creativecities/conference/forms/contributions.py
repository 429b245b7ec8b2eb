"""Where a selected case stands in the programme, and who speaks for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.conference.forms.programme import called
from creativecities.conference.models import Case, Contribution, Delegate, Session
from creativecities.conference.queries import contributions, programme
from creativecities.core.forms import choose_from
from creativecities.network.forms.city import Versioned


class ContributionForm(Versioned):
    """A session, the place in it, how long it takes, and people of the city's delegation."""

    session = forms.ModelChoiceField(label=_("Session"), queryset=Session.objects.none(), to_field_name="slug")
    position = forms.IntegerField(label=_("Place in the session"), min_value=1, max_value=50)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=Contribution.MOST_MINUTES)
    speakers = forms.ModelMultipleChoiceField(
        label=_("Who speaks"), queryset=Delegate.objects.none(), to_field_name="code", required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Of those whom the city has confirmed by name."),
    )  # fmt: skip

    def __init__(self, data: Any, *, case: Case, now: Contribution | None) -> None:
        kept: dict[str, Any] = {"opened": case.version, "position": 1, "minutes": 15}
        if now:
            kept |= {"session": now.session.slug, "position": now.position, "minutes": now.minutes}
            kept["speakers"] = [each.delegate.code for each in now.speakers.all()]
        super().__init__(data, initial=kept)
        choose_from(self, session=contributions.sessions(case.edition), speakers=contributions.able_to_speak(case))
        self.fields["session"].label_from_instance = programme.title_of  # type: ignore[attr-defined]
        self.fields["speakers"].label_from_instance = called  # type: ignore[attr-defined]
