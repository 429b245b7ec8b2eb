"""Which link a commission comes by, until when it opens, and what the Secretariat has sent."""

import datetime as dt
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from creativecities.calls.compute import instants, links
from creativecities.calls.models import Application, Call, CommissionLink, Completion
from creativecities.network.models import Country, NationalCommission
from creativecities.network.queries import mandates


def opened_by(token: str) -> CommissionLink | None:
    """The link of this address; None for one that was never sent."""
    try:
        key = Signer(salt=CommissionLink.SALT).unsign(token)
    except BadSignature:
        return None
    found = CommissionLink.objects.filter(key_hash=links.hash_of(key))
    return found.select_related("call", "commission__country").first()


def is_revoked(call: Call, commission: NationalCommission) -> bool:
    """Whether its links were revoked, and the Secretariat has sent none since."""
    found = CommissionLink.objects.filter(call=call, commission=commission)
    is_sent = found.filter(is_by_secretariat=True, revoked_at__isnull=True).exists()
    return not is_sent and found.filter(revoked_at__isnull=False).exists()


def until(call: Call, country: str) -> dt.datetime:
    """Until when a commission reads by a link: its deadline, or that of what was returned to a city of its country."""
    definition = call.versions.all()[0].definition
    deadline = instants.commissions_deadline(definition, call.extensions.all(), country)
    returned = Completion.objects.filter(application__call=call, application__country=country, closed_at__isnull=True)
    later: dt.datetime | None = returned.aggregate(last=Max("until"))["last"]
    return max(deadline, later) if later else deadline


def reads(application: Application) -> bool:
    """Whether the commission can open what its city writes: by a link until its time is over, by an account always."""
    if timezone.now() < until(application.call, application.country_id):
        return True
    commission = NationalCommission.objects.filter(country=application.country_id).first()
    return commission is not None and bool(mandates.officers_of(commission))


@dataclass(frozen=True)
class Sent:
    """A country, its commission, and when the Secretariat has sent it a link.

    What came with a file is not told: nobody learns that there is one.
    """

    country: Country
    commission: NationalCommission | None
    at: dt.datetime | None


def sent(call: Call) -> list[Sent]:
    """Every country with a city or a commission. Three statements."""
    has_one = Exists(NationalCommission.objects.filter(country=OuterRef("pk")))
    countries = Country.objects.filter(has_one) | Country.objects.filter(cities__isnull=False)
    known = {each.country_id: each for each in NationalCommission.objects.all()}
    mine = CommissionLink.objects.filter(call=call, is_by_secretariat=True, revoked_at__isnull=True).order_by()
    last = dict(mine.values_list("commission").annotate(Max("sent_at")))
    rows = [Sent(each, known.get(each.pk), last.get(known[each.pk].pk) if each.pk in known else None)
            for each in countries.distinct()]  # fmt: skip
    return sorted(rows, key=lambda row: row.country.name)
