"""A real mail server on this machine, and the letters that reached it."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.harness.cluster import free_port


class PostOffice:
    """Accepts everything but one address."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.received.append(envelope)
        return "250 OK"

    def letters(self, to: str) -> list[EmailMessage]:
        """What has arrived at an address, the oldest first."""
        return [read(each) for each in self.received if to in each.rcpt_tos]


def read(envelope: Envelope) -> EmailMessage:
    """A letter as its reader's program shows it."""
    assert isinstance(envelope.content, bytes)
    return message_from_bytes(envelope.content, policy=default)  # type: ignore[arg-type,return-value]


def path_in(letter: EmailMessage) -> str:
    """Where the first link of a letter leads, without the name of the site."""
    found = re.search(r"https?://[^/\s]+(/\S*)", letter.get_content())
    assert found, letter.get_content()
    return found[1]


@pytest.fixture
def post_office(settings: Any) -> Iterator[PostOffice]:
    """The site's mails leave for this office."""
    office = PostOffice()
    controller = Controller(office, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield office
    controller.stop()
