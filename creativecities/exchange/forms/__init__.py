"""What teams type, split by subject: turned into clean values, never saved here."""

from creativecities.exchange.forms.partners import AnswerForm
from creativecities.exchange.forms.subnetworks import AnnouncementForm

__all__ = ["AnnouncementForm", "AnswerForm"]
