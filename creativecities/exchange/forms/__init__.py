"""What teams type, split by subject: turned into clean values, never saved here."""

from creativecities.exchange.forms.partners import AnswerForm

__all__ = ["AnswerForm"]
