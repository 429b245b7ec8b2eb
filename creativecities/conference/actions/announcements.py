"""The Secretariat tells all who take part something short, for some hours."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.conference.models import Announcement, Edition
from creativecities.conference.rules import announcements as rules
from creativecities.conference.rules import editions
from creativecities.core.action import action, record
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal


@action
def tell(edition: Edition, *, text: str, language: str, until: dt.datetime, by: Person) -> Announcement:
    """Show a text at once, until an hour. The same text is not shown twice: a second click finds it there."""
    if refusal := rules.tell(by, edition, until):
        raise refusal
    Edition.objects.select_for_update().get(pk=edition.pk)
    if Announcement.objects.now().filter(edition=edition, text=text).exists():
        raise Refusal(_("This is being told already."), code="told-already")
    made = Announcement.objects.create(edition=edition, text=text, language=language, until=until)
    record("conference.announcement.made", made, by=by)
    return made


@action
def end(one: Announcement, *, by: Person) -> Event:
    """Show it no more."""
    if refusal := editions.run(by, one.edition):
        raise refusal
    now = timezone.now()
    if not Announcement.objects.filter(pk=one.pk, until__gt=now).update(until=now):
        raise Refusal(_("It has ended already."), code="state-changed")
    return record("conference.announcement.ended", one, by=by)
