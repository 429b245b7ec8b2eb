"""Links are sent to commissions and revoked; codes are mailed to their registered address, tried, and used up."""

import hmac
from typing import Any

from django.core.signing import Signer
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.calls.compute import links
from creativecities.calls.compute.links import ByLink
from creativecities.calls.models import Application, Call, CommissionLink, Confirmation
from creativecities.calls.notices import links as notices
from creativecities.calls.queries import links as queries
from creativecities.calls.rules import links as rules
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.models import NationalCommission


@step
def issue(call: Call, country: str, *, by_secretariat: bool) -> str:
    """A new link for the commission of a country, as the token of its address; empty where it is to have none."""
    commission = NationalCommission.objects.filter(country=country).exclude(email="").first()
    if commission is None or (not by_secretariat and queries.is_revoked(call, commission)):
        return ""
    key = links.new_key()
    CommissionLink.objects.create(
        call=call, commission=commission, key_hash=links.hash_of(key), sent_to=commission.email,
        is_by_secretariat=by_secretariat,
    )  # fmt: skip
    return Signer(salt=CommissionLink.SALT).sign(key)


@action(quiet=True)
def send(call: Call, commission: NationalCommission, *, by: Person) -> Event:
    """Send a commission the link to the files of its country in a call."""
    if refusal := rules.send(by, call, commission, queries.until(call, commission.country_id)):
        raise refusal
    token = issue(call, commission.country_id, by_secretariat=True)
    notices.sent(call, commission, token)
    return record("calls.call.link_sent", call, by=by, country=commission.country_id)


@action(quiet=True)
def revoke(call: Call, commission: NationalCommission, *, by: Person) -> Event:
    """No link of this commission opens the call any more, and it gets none until the Secretariat sends a new one."""
    if refusal := network.only_secretariat(by):
        raise refusal
    found = CommissionLink.objects.filter(call=call, commission=commission, revoked_at__isnull=True)
    found.update(revoked_at=timezone.now())
    return record("calls.call.links_revoked", call, by=by, country=commission.country_id)


@action(quiet=True)
def ask_code(link: CommissionLink, act: str, application: Application | None, *, by: ByLink) -> Confirmation:
    """Mail a code for one act to the registered address. An earlier one for the same act ends."""
    CommissionLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if refusal := rules.ask_code(link):
        raise refusal
    code = links.new_code()
    found = Confirmation.objects.filter(link=link, act=act, application=application, used_at__isnull=True)
    found.update(used_at=timezone.now())
    made = Confirmation.objects.create(
        link=link, application=application, act=act, code_hash=links.code_hash(link.pk, code)
    )
    notices.code(made, code)
    record("calls.confirmation.sent", made, by=by)
    return made


@action(quiet=True)
def try_code(act: str, application: Application | None, code: str, *, by: ByLink) -> int | None:
    """The number of the confirmation that this code opens; None if it is wrong. Each try counts, whatever follows."""
    found = _valid(act, application, by=by).first()
    if found is None:
        raise rules.wrong_code()
    counted = Confirmation.objects.filter(pk=found.pk, tries__lt=Confirmation.MOST_TRIES)
    if not counted.update(tries=F("tries") + 1):
        raise Refusal(_("This code was tried too often: ask for a new one."), code="code-spent", status=403)
    is_right = hmac.compare_digest(found.code_hash, links.code_hash(by.link, code))
    record("calls.confirmation.matched" if is_right else "calls.confirmation.missed", found, by=by)
    return found.pk if is_right else None


def _valid(act: str, application: Application | None, *, by: ByLink) -> Any:
    since = timezone.now() - rules.CODE_LASTS
    return Confirmation.objects.filter(
        link=by.link, act=act, application=application, used_at__isnull=True, at__gt=since
    )


@step
def prove(act: str, application: Application | None, *, by: Actor) -> None:
    """Use the code up by which an act is confirmed; who is signed in needs none."""
    if isinstance(by, ByLink):
        found = _valid(act, application, by=by).filter(pk=by.proof)
        if not found.update(used_at=timezone.now()):
            raise rules.wrong_code()
