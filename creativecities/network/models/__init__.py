"""Everything the network keeps, split by subject."""

from creativecities.network.models.cities import City, CityLink, CityName, Picture, Portrait
from creativecities.network.models.integration import Buddy, FirstStep, ReportDue
from creativecities.network.models.listing import FOREVER, Imported, Listing, RowSet, Word
from creativecities.network.models.membership import Designation, DesignationRound, Membership, PublishedTotal
from creativecities.network.models.people import Mandate, NationalCommission
from creativecities.network.models.vocabulary import (
    AreaOfAction,
    Country,
    CreativeField,
    Goal,
    LeastDevelopedPeriod,
    Objective,
    Region,
    Subregion,
)

__all__ = [
    "FOREVER",
    "AreaOfAction",
    "Buddy",
    "City",
    "CityLink",
    "CityName",
    "Country",
    "CreativeField",
    "Designation",
    "DesignationRound",
    "FirstStep",
    "Goal",
    "Imported",
    "LeastDevelopedPeriod",
    "Listing",
    "Mandate",
    "Membership",
    "NationalCommission",
    "Objective",
    "Picture",
    "Portrait",
    "PublishedTotal",
    "Region",
    "ReportDue",
    "RowSet",
    "Subregion",
    "Word",
]
