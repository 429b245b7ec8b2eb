"""What cities write to each other arrives by mail, quoted. The events tell that something was written, never what."""

from collections.abc import Iterable

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.core import digests
from creativecities.exchange.models import Message
from creativecities.exchange.queries import messages
from creativecities.exchange.rules.messages import Thing
from creativecities.network.models import City
from creativecities.network.queries import mandates

KIND = "exchange.message.sent"
SENTENCES: dict[str, str | Promise] = {
    KIND: _("A city wrote to another one about what they share"),
    "exchange.message.withdrawn": _("A message between cities was taken back by who wrote it"),
}


def keys(said: Message) -> str:
    """How the keys of the mails begin that carry a message."""
    return f"message-{said.pk}-"


def sent(said: Message, thing: Thing, to: Iterable[City]) -> None:
    """Send the words to those who speak for these cities. They are quoted, so that nobody takes them for the site's."""
    quoted = "\n".join(f"> {line}".rstrip() for line in said.text.splitlines())
    words = {"name": said.person_name, "city": said.city.name, "title": messages.title(thing), "text": quoted}
    for person in mandates.speakers(*to):
        if person.pk == said.person_id:
            continue
        with override(person.language):
            digests.notify(
                person,
                kind=KIND,
                key=f"{keys(said)}{person.pk}",
                subject=gettext("%(city)s writes about “%(title)s”") % words,
                body=gettext("%(name)s, %(city)s, writes about “%(title)s”:\n\n%(text)s\n\nAnswer on this page:")
                % words,
                link=settings.SITE["url"] + messages.address(thing),
            )
