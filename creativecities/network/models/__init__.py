"""Everything the network keeps, split by subject."""

from creativecities.network.models.cities import City, CityLink, CityName, Picture, Portrait
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
    "City",
    "CityLink",
    "CityName",
    "Country",
    "CreativeField",
    "Designation",
    "DesignationRound",
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
    "RowSet",
    "Subregion",
    "Word",
]
