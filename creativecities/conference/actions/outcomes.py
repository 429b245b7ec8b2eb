"""Outcome documents are written, made public version by version, opened, closed, and signed by cities."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference import states
from creativecities.conference.compute import outcomes as compute
from creativecities.conference.models import Edition, Outcome, OutcomeVersion, Signature
from creativecities.conference.notices import outcomes as notices
from creativecities.conference.rules import editions, signing
from creativecities.conference.rules import outcomes as rules
from creativecities.core.action import action, move, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict
from creativecities.network.compute.slug import numbered
from creativecities.network.models import City

Texts = Mapping[str, str]


@action(quiet=True)
def begin(edition: Edition, kind: str, *, by: Person) -> Outcome:
    """Begin a document of an edition; nobody else sees it before its first version is public."""
    if refusal := editions.run(by, edition):
        raise refusal
    Edition.objects.select_for_update().get(pk=edition.pk)  # two who begin at once get two addresses
    slug = numbered(kind, set(edition.outcomes.values_list("slug", flat=True)))
    one = Outcome.objects.create(edition=edition, kind=kind, slug=slug)
    record("conference.outcome.begun", one, by=by)
    return one


@step
def _hold(one: Outcome) -> Outcome:
    """The document as it is now, for the length of this transaction."""
    return Outcome.objects.select_for_update(of=("self",)).select_related("edition").get(pk=one.pk)


@action(quiet=True)
def write(one: Outcome, title: Texts, text: Texts, *, opened: int, by: Person) -> Event:
    """Write the draft. Raises Conflict when somebody else wrote it since version `opened` of it."""
    one = _hold(one)
    if refusal := rules.write(by, one) or network.build_on_version(opened, newest=one.version, fewest=1):
        raise refusal
    if one.version > opened:
        last = Event.objects.about(one).filter(kind="conference.outcome.written").first()
        raise Conflict(
            by_name=last.actor_name if last else "", at=last.at if last else timezone.now(), opened={},
            theirs=_flat("title", one.title) | _flat("text", one.text),
        )  # fmt: skip
    if (one.title, one.text) == (title, text):
        raise Refusal(network.UNCHANGED, code="unchanged")
    Outcome.objects.filter(pk=one.pk).update(title=dict(title), text=dict(text), version=F("version") + 1)
    return record("conference.outcome.written", one, by=by, version=one.version + 1)


def _flat(name: str, words: Texts) -> dict[str, str]:
    return {f"{name}_{code}": text for code, text in words.items()}


@action
def release(one: Outcome, *, opened: int, by: Person) -> OutcomeVersion:
    """Make what is written public as the next version, with its fingerprint; who signed the one before is told."""
    one = _hold(one)
    before = one.versions.first()
    if refusal := rules.release(by, one, before):
        raise refusal
    if one.version != opened:
        raise Refusal(_("Somebody has written in it since you opened the page: look at it again."), code="changed")
    number = one.number + 1
    content = compute.content(one.edition.slug, one.slug, number, one.title, one.text)
    made = OutcomeVersion.objects.create(
        outcome=one, number=number, title=content["title"], text=content["text"],
        fingerprint=compute.fingerprint(content),
    )  # fmt: skip
    Outcome.objects.filter(pk=one.pk).update(number=number)
    if one.state == states.DRAFT:
        move(one, "publish", by=by)
    record("conference.outcome.released", one, by=by, number=number)
    if before:
        notices.newer_version(made, before)
    return made


@action
def open_for_signing(one: Outcome, *, by: Person) -> Event:
    """Let cities sign the newest version."""
    if refusal := rules.open_for_signing(by, one):
        raise refusal
    return move(one, "open", by=by)


@action
def close(one: Outcome, *, by: Person) -> Event:
    """End the signing: what is signed stays, and the text with it."""
    if refusal := editions.run(by, one.edition):
        raise refusal
    return move(one, "close", by=by)


@action
def sign(version: OutcomeVersion, city: City, *, by: Person) -> Signature:
    """A city stands behind a version. Raises Refusal when it is not open any more, or when the city has signed."""
    version.outcome = _hold(version.outcome)
    if refusal := rules.sign(by, city, version):
        raise refusal
    role = signing.binding_role(set(signing.mandates(by).filter(city=city).values_list("role", flat=True)))
    try:
        with transaction.atomic():
            signature = Signature.objects.create(version=version, city=city, role=role, person=by)
    except IntegrityError:
        raise rules.signed_already() from None
    record("conference.signature.given", signature, by=by, city=city.slug, number=version.number)
    return signature


@action
def withdraw(signature: Signature, reason: str, *, by: Person) -> Event:
    """A city takes its signature back, with the reason, while the document is open."""
    signature.version.outcome = _hold(signature.version.outcome)
    if refusal := rules.withdraw(by, signature):
        raise refusal
    standing = Signature.objects.standing().filter(pk=signature.pk)
    if not standing.update(withdrawn_at=timezone.now(), reason=reason):
        raise Refusal(_("This signature is withdrawn already."), code="withdrawn")
    facts = {"city": signature.city.slug, "number": signature.version.number, "reason": reason}
    return record("conference.signature.withdrawn", signature, by=by, **facts)
