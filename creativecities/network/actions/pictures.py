"""Pictures of a city: handed in with their rights, shown, put in order, withdrawn, taken down."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import files
from creativecities.core.action import action, move, record
from creativecities.core.models import Event, StoredFile
from creativecities.core.refusal import Refusal
from creativecities.network import notices, rules
from creativecities.network.models import City, Picture

MOST_PICTURES = 12


@action
def add_picture(
    city: City, *, picture: files.Prepared, alt: str, credit: str, licence: str, holds_rights: bool, by: Person
) -> Event:
    """Show a picture that `files.prepare` made on the city's page, after the statement that the rights are held.

    Raises Refusal without that statement, beyond MOST_PICTURES shown, and for whatever `files.add_picture` refuses.
    """
    if refusal := rules.edit_city(by, city) or rules.state_rights(holds_rights):
        raise refusal
    shown = city.pictures.filter(state=Picture.SHOWN).count()
    if shown >= MOST_PICTURES:
        raise Refusal(
            _("A city shows at most %(most)d pictures.") % {"most": MOST_PICTURES},
            remedy=_("Withdraw one first."),
            code="too-many-pictures",
        )
    stored = files.add_picture(picture, name=city.slug, alt=alt, credit=credit, licence=licence, by=by)
    files.publish(stored, by=by)
    last = city.pictures.order_by("-position").first()
    added = Picture.objects.create(city=city, file=stored, position=last.position + 1 if last else 0)
    return record("network.picture.added", added, by=by, city=city.name, licence=licence, holds_rights=True)


@action
def describe_picture(picture: Picture, *, alt: str, credit: str, licence: str, by: Person) -> Event:
    """Correct the words and the rights statement of a picture, in all its sizes."""
    if refusal := rules.edit_city(by, picture.city):
        raise refusal
    stored = picture.file
    before = {"alt": stored.alt, "credit": stored.credit, "licence": stored.licence}
    after = {"alt": alt, "credit": credit, "licence": licence}
    if before == after:
        raise Refusal(rules.UNCHANGED, code="unchanged")
    StoredFile.objects.filter(Q(pk=stored.pk) | Q(derived_from=stored)).update(**after)
    return record("network.picture.described", picture, by=by, city=picture.city.name, before=before, after=after)


@action
def place_picture(picture: Picture, *, earlier: bool, by: Person) -> Event:
    """Move a picture one place towards the beginning, or towards the end."""
    if refusal := rules.edit_city(by, picture.city):
        raise refusal
    order = list(Picture.objects.select_for_update().filter(city=picture.city))
    at = order.index(picture)
    to = at - 1 if earlier else at + 1
    if not 0 <= to < len(order):
        raise Refusal(_("The picture is at that end already."), code="at-the-end")
    order[at], order[to] = order[to], order[at]
    for position, each in enumerate(order):
        each.position = position
    Picture.objects.bulk_update(order, ["position"])
    return record("network.picture.placed", picture, by=by, city=picture.city.name, position=to + 1)


@action
def withdraw_picture(picture: Picture, *, by: Person) -> Event:
    """Take a picture from the public pages; the team can show it again."""
    if refusal := rules.edit_city(by, picture.city):
        raise refusal
    event = move(picture, "withdraw", by=by, city=picture.city.name)
    files.unpublish(picture.file, by=by)
    return event


@action
def take_down_picture(picture: Picture, *, reason: str, by: Person) -> Event:
    """Take a picture down for a stated reason, which its team is told; only the Secretariat can show it again."""
    if refusal := rules.take_down_picture(by, picture):
        raise refusal
    event = move(picture, "take_down", by=by, city=picture.city.name, reason=reason)
    Picture.objects.filter(pk=picture.pk).update(reason=reason)
    files.unpublish(picture.file, by=by)
    notices.picture_taken_down(picture, reason=reason, event=event)
    return event


@action
def show_picture(picture: Picture, *, by: Person) -> Event:
    """Show a withdrawn picture again."""
    if refusal := rules.show_picture(by, picture):
        raise refusal
    event = move(picture, "show", by=by, city=picture.city.name)
    Picture.objects.filter(pk=picture.pk).update(reason="")
    files.publish(picture.file, by=by)
    return event
