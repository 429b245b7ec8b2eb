"""Persons and invitations for tests."""

import itertools
import re
from typing import Any

from allauth.account.models import EmailAddress

from creativecities.accounts import actions
from creativecities.accounts.models import Invitation, Person
from creativecities.core.actor import Robot
from creativecities.core.models import Mail

ROBOT = Robot("Test")
_number = itertools.count(1)


def person(name: str = "", **facts: Any) -> Person:
    """Somebody with a confirmed address."""
    number = next(_number)
    facts.setdefault("email", f"person{number}@example.org")
    someone = Person.objects.create(name=name or f"Person {number}", **facts)
    someone.set_unusable_password()
    someone.save()
    EmailAddress.objects.create(user=someone, email=someone.email, primary=True, verified=True)
    return someone


def last_mail(to: str) -> Mail:
    return Mail.objects.filter(to_address=to).latest("pk")


def code_in(mail: Mail) -> str:
    """The six digits that stand alone on a line of the mail."""
    found = re.search(r"^(\d{6})$", mail.body, re.MULTILINE)
    assert found, mail.body
    return found[1]


def invite(kind: str, **facts: Any) -> tuple[Invitation, str]:
    """An invitation and the path of its link."""
    facts = {
        "email": "new@example.org", "name": "Ana Novak", "language": "en", "purpose": "Focal point of Lviv",
        "payload": {"city": 7}, "by": ROBOT, **facts,
    }  # fmt: skip
    invitation = actions.invite(kind=kind, **facts)
    link = Mail.objects.filter(to_address=str(facts["email"]).lower()).latest("pk").link
    return invitation, "/" + link.split("/", 3)[3]
