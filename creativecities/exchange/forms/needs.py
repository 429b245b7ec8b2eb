"""How a city rates topics, and what it posts."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import LastDay
from creativecities.exchange.forms.texts import LONGEST_TEXT, WrittenField
from creativecities.exchange.models import Need, Rating, Topic
from creativecities.network.compute.languages import choices
from creativecities.network.forms.city import Versioned
from creativecities.network.models import City, CreativeField

_VALUES = [("", "–"), *((str(value), str(value)) for value in range(Rating.LOWEST, Rating.HIGHEST + 1))]


class RatingsForm(Versioned):
    """Two numbers for each topic, each of which may stay open."""

    def __init__(self, *args: Any, topics: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topics = list(topics)
        for topic in self.topics:
            for kind in Rating.Kind:
                self.fields[f"{kind}-{topic.slug}"] = forms.TypedChoiceField(
                    label=f"{topic.name}: {kind.label}", choices=_VALUES, coerce=int, empty_value=None, required=False
                )

    @property
    def lines(self) -> Iterator[tuple[Topic, list[Any]]]:
        """Each topic with its two fields."""
        for topic in self.topics:
            yield topic, [self[f"{kind}-{topic.slug}"] for kind in Rating.Kind]

    @property
    def values(self) -> Mapping[str, int | None]:
        """What the action saves."""
        return {name: value for name, value in self.cleaned_data.items() if name != "opened"}


class NeedForm(forms.Form):
    """A need or an offer."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Need.Kind.choices, widget=forms.RadioSelect)
    title = WrittenField(label=_("Title"), max_length=120, help_text=_("What is sought or offered, in one line."))
    text = WrittenField(
        label=_("Text"), max_length=LONGEST_TEXT, rows=8,
        help_text=_("What it is about, what you expect, and what you bring. At most 4,000 characters."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the text"))
    topics = forms.MultipleChoiceField(
        label=_("Topics"), widget=forms.CheckboxSelectMultiple, help_text=_("One to three."),
    )  # fmt: skip
    fields_ = forms.MultipleChoiceField(
        label=_("Creative fields"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Which cities are meant. None: all."),
    )  # fmt: skip
    closes_on = LastDay(label=_("Last day for replies"))

    def __init__(
        self, *args: Any, city: City, topics: Iterable[Topic], fields: Iterable[CreativeField], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        self.fields["language"].initial = reader
        offer(
            self,
            language=choices(city.country.languages, reader),
            topics=[(topic.slug, topic.name) for topic in topics],
            fields_=[(field.slug, field.name) for field in fields],
        )

    def clean_topics(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["topics"]
        if len(set(chosen)) > Need.MOST_TOPICS:
            raise forms.ValidationError(_("At most three topics: those by which the right city finds it."))
        return list(dict.fromkeys(chosen))

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves."""
        return {name.removesuffix("_"): value for name, value in self.cleaned_data.items()}


class EndForm(forms.Form):
    """How a need ends before its last day."""

    verb = forms.ChoiceField(
        label=_("What happened?"), widget=forms.RadioSelect,
        choices=[("close", _("It has found what it sought")), ("withdraw", _("We take it back"))],
    )  # fmt: skip
