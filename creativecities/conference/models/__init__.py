"""Everything the conference keeps, split by subject."""

from creativecities.conference.models.delegations import Badge, Delegate, Delegation
from creativecities.conference.models.editions import Edition, EditionHost
from creativecities.conference.models.programme import Room, Session, Speaker

__all__ = ["Badge", "Delegate", "Delegation", "Edition", "EditionHost", "Room", "Session", "Speaker"]
