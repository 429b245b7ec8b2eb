"""What is told of the cities of a field among themselves, and the letters of their coordinator."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core import digests
from creativecities.exchange.models import Announcement
from creativecities.network.models import Mandate

SENTENCES: dict[str, str | Promise] = {
    "exchange.announcement.sent": _("%(actor)s wrote to the cities of a field: “%(subject)s”"),
}


def announced(said: Announcement, mandate: Mandate, people: list[Person]) -> None:
    """Send the words of a coordinator to each person, with who writes in the reader's language."""
    link = settings.SITE["url"] + reverse("exchange:subnetwork", args=[said.field_id]) + f"#announcement-{said.pk}"
    for person in people:
        with override(person.language):
            words = {
                "name": said.person_name,
                "role": mandate.get_role_display(),
                "field": said.field.name,
                "city": mandate.city,
                "text": said.text,
            }
            digests.notify(
                person,
                kind="exchange.announcement.sent",
                key=f"announcement-{said.pk}-{person.pk}",
                subject=f"{words['field']}: {said.subject}",
                body=gettext("%(name)s, %(city)s, writes to the cities of the field %(field)s (%(role)s):\n\n%(text)s")
                % words,
                link=link,
            )
