"""Pictures of an initiative: handed in with their rights, described, taken away for good."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import files
from creativecities.core.action import action, record, step
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules, states
from creativecities.exchange.models import Initiative, InitiativePicture
from creativecities.network import rules as network


@action
def add_picture(
    one: Initiative, *, picture: files.Prepared, alt: str, credit: str, licence: str, holds_rights: bool, by: Person
) -> Event:
    """Add a picture that `files.prepare` made, after the statement that the rights are held.

    It is public as soon as the initiative is. Raises Refusal without that statement, when all places are taken, and
    for whatever `files.add_picture` refuses.
    """
    if refusal := rules.edit(by, one) or network.state_rights(holds_rights):
        raise refusal
    one = Initiative.objects.select_for_update().get(pk=one.pk)  # two at once, or one while another publishes
    taken = set(one.pictures.values_list("position", flat=True))
    free = sorted(set(range(1, InitiativePicture.MOST + 1)) - taken)
    if not free:
        raise Refusal(
            _("An initiative shows at most %(most)d pictures.") % {"most": InitiativePicture.MOST},
            remedy=_("Take one away first."),
            code="too-many-pictures",
        )
    stored = files.add_picture(picture, name=one.slug, alt=alt, credit=credit, licence=licence, by=by)
    if one.state == states.PUBLISHED:
        files.publish(stored, by=by)
    added = InitiativePicture.objects.create(initiative=one, file=stored, position=free[0])
    return record("exchange.picture.added", added, by=by, licence=licence, holds_rights=True)


@action
def describe_picture(picture: InitiativePicture, *, alt: str, credit: str, licence: str, by: Person) -> Event:
    """Correct the words and the rights statement of a picture, in all its sizes."""
    if refusal := rules.edit(by, picture.initiative):
        raise refusal
    stored = picture.file
    after = {"alt": alt, "credit": credit, "licence": licence}
    if all(getattr(stored, name) == value for name, value in after.items()):
        raise Refusal(network.UNCHANGED, code="unchanged")
    StoredFile.objects.filter(Q(pk=stored.pk) | Q(derived_from=stored)).update(**after)
    return record("exchange.picture.described", picture, by=by)


@action
def remove_picture(picture: InitiativePicture, *, by: Person) -> Event:
    """Take a picture away for good: its file is erased, unless something else shows the same one."""
    if refusal := rules.edit(by, picture.initiative):
        raise refusal
    event = record("exchange.picture.removed", picture, by=by)
    if not InitiativePicture.objects.filter(pk=picture.pk).delete()[0]:
        raise Refusal(_("This picture is gone already."), code="gone")
    files.remove(picture.file, by=by)
    return event


@step
def show_pictures(one: Initiative, *, by: Person) -> None:
    """An initiative has become public: its pictures too."""
    for picture in one.pictures.select_related("file"):
        files.publish(picture.file, by=by)


@step
def hide_pictures(one: Initiative, *, by: Person) -> None:
    """An initiative is no longer public: neither are its pictures."""
    for picture in one.pictures.select_related("file"):
        files.unpublish(picture.file, by=by)
