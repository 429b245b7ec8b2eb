"""Certificates of attendance are issued to who came, set in type in the background, and forgotten with the person."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from creativecities.accounts.models import Person
from creativecities.conference.compute import certifying
from creativecities.conference.models import Certificate, Edition
from creativecities.conference.notices import certificates as notices
from creativecities.conference.queries import attendance
from creativecities.conference.queries import certificates as queries
from creativecities.conference.rules import certificates as rules
from creativecities.core import files
from creativecities.core.action import action, record, step
from creativecities.core.actor import Actor
from creativecities.core.models import Event, StoredFile


@action(quiet=True)
def issue(edition: Edition, *, by: Person) -> Event:
    """Give everybody who came and has none a certificate; papers are made in the background, teams are told."""
    edition = Edition.objects.select_for_update().get(pk=edition.pk)  # of two clicks the second finds nobody waiting
    basis = queries.basis_of(edition)
    waiting = list(queries.without(edition, basis).select_related("delegation__city"))
    if refusal := rules.issue(by, edition, len(waiting)):
        raise refusal
    came = attendance.of_delegates(waiting)
    Certificate.objects.bulk_create(
        Certificate(
            edition=edition, delegate=each, basis=basis, initials=certifying.initials(each.name),
            days=sorted(day.isoformat() for day in came[each.pk].days),
        )
        for each in waiting
    )  # fmt: skip
    event = record("conference.edition.certified", edition, by=by, number=len(waiting))
    notices.issued(edition, {each.delegation.city for each in waiting}, event)
    _enqueue(edition.pk)
    return event


@step
def _enqueue(edition_pk: int) -> None:
    from creativecities.conference.jobs import set_certificates  # which calls this module

    transaction.on_commit(lambda: set_certificates.enqueue(edition_pk))


@action(quiet=True)
def attach(one: Certificate, raw: bytes, *, by: Actor) -> Event:
    """Put the paper beside a certificate; of two workers the second finds it there, and its own is not kept."""
    Certificate.objects.select_for_update(of=("self",)).get(pk=one.pk)
    if Certificate.objects.filter(pk=one.pk, paper__isnull=True, delegate__isnull=False).exists():
        stored = StoredFile(
            name="certificate.pdf", content_type="application/pdf", size=len(raw), created_by_id=by.pk,
            digest=hashlib.sha256(raw).hexdigest(),
        )  # fmt: skip
        stored.content.save(stored.name, ContentFile(raw), save=True)
        Certificate.objects.filter(pk=one.pk).update(paper=stored)
    return record("conference.certificate.set_in_type", one, by=by)


@action(quiet=True)
def forget(one: Certificate, *, by: Actor) -> Event:
    """Take away the paper of a person who is no longer kept; that the certificate is genuine can still be checked."""
    if one.paper:
        files.erase(one.paper)
    return record("conference.certificate.forgotten", one, by=by)


@step
def part_with(edition: Edition) -> None:
    """The papers of an edition go with the names of its people; code, initials and days stay, to be checked."""
    held = Certificate.objects.select_for_update().filter(edition=edition).order_by("pk")  # no worker attaches one now
    for stored in StoredFile.objects.filter(pk__in=list(held.values_list("paper", flat=True))):
        files.erase(stored)
    Certificate.objects.filter(edition=edition).update(delegate=None, paper=None)


@step
def forget_person(person: Person, *, by: Any) -> None:
    """Take the initials and the paper of somebody who deletes their account."""
    for one in Certificate.objects.filter(delegate__person=person).select_related("paper"):
        if one.paper:
            files.erase(one.paper)
        Certificate.objects.filter(pk=one.pk).update(initials="", delegate=None, paper=None)
