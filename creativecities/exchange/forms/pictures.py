"""A picture of an initiative, with the words for those who cannot see it and the statement of its rights."""

from django.utils.translation import gettext_lazy as _

from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.forms import city


class WordsForm(city.PictureWordsForm):
    """The words and the rights of a picture."""

    alt = WrittenField(
        label=_("Description"), max_length=300, rows=2, help_text=_("What is to be seen, for those who cannot see it.")
    )
    credit = WrittenField(label=_("Author"), max_length=200, help_text=_("Who made it, as they want to be named."))


class PictureForm(WordsForm, city.PictureForm):
    """The same with the picture itself."""
