"""Everything the exchange keeps, split by subject."""

from creativecities.exchange.models.announcements import Announcement
from creativecities.exchange.models.initiatives import Initiative, Partner, years_in_words
from creativecities.exchange.models.invitations import Invitation, Invitee
from creativecities.exchange.models.messages import Message
from creativecities.exchange.models.needs import Need, NeedTopic
from creativecities.exchange.models.openings import Opening
from creativecities.exchange.models.pictures import InitiativePicture
from creativecities.exchange.models.replies import FollowUp, Reply
from creativecities.exchange.models.suggestions import Suggestion
from creativecities.exchange.models.topics import Rating, Topic
from creativecities.exchange.models.translations import Translation
from creativecities.exchange.models.versions import InitiativeVersion
from creativecities.exchange.models.wanted import Wanted

__all__ = [
    "Announcement",
    "FollowUp",
    "Initiative",
    "InitiativePicture",
    "InitiativeVersion",
    "Invitation",
    "Invitee",
    "Message",
    "Need",
    "NeedTopic",
    "Opening",
    "Partner",
    "Rating",
    "Reply",
    "Suggestion",
    "Topic",
    "Translation",
    "Wanted",
    "years_in_words",
]
