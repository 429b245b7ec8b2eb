"""Everything the conference keeps, split by subject."""

from creativecities.conference.models.cases import Case, CaseReader, CaseReading
from creativecities.conference.models.certificates import Certificate
from creativecities.conference.models.contributions import Contribution
from creativecities.conference.models.delegations import Badge, Delegate, Delegation, Needs, Printing, Reminder, Seats
from creativecities.conference.models.doors import Announcement, CheckIn, Door, Scan
from creativecities.conference.models.editions import Edition, EditionHost
from creativecities.conference.models.fair import Booth
from creativecities.conference.models.figures import CityFigures, Figures
from creativecities.conference.models.hosting import Ballot, Bid, BidCity, Mark, Vote
from creativecities.conference.models.imports import ProgrammeFile
from creativecities.conference.models.letters import Letter
from creativecities.conference.models.materials import Material
from creativecities.conference.models.meetings import Meeting, MeetingTimes, MeetingWish, Seat, Timetable
from creativecities.conference.models.outcomes import Outcome, OutcomeVersion, Signature
from creativecities.conference.models.programme import Room, Session, Speaker
from creativecities.conference.models.releases import Release
from creativecities.conference.models.reports import Report, TripNote, TripReport
from creativecities.conference.models.signups import CalendarKey, Favourite, SignUp
from creativecities.conference.models.survey import Survey, SurveyAnswer, SurveyLink

__all__ = [
    "Announcement",
    "Badge",
    "Ballot",
    "Bid",
    "BidCity",
    "Booth",
    "CalendarKey",
    "Case",
    "CaseReader",
    "CaseReading",
    "Certificate",
    "CheckIn",
    "CityFigures",
    "Contribution",
    "Delegate",
    "Delegation",
    "Door",
    "Edition",
    "EditionHost",
    "Favourite",
    "Figures",
    "Letter",
    "Mark",
    "Material",
    "Meeting",
    "MeetingTimes",
    "MeetingWish",
    "Needs",
    "Outcome",
    "OutcomeVersion",
    "Printing",
    "ProgrammeFile",
    "Release",
    "Reminder",
    "Report",
    "Room",
    "Scan",
    "Seat",
    "Seats",
    "Session",
    "SignUp",
    "Signature",
    "Speaker",
    "Survey",
    "SurveyAnswer",
    "SurveyLink",
    "Timetable",
    "TripNote",
    "TripReport",
    "Vote",
]
