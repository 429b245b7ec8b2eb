"""Open the account and the mandate of an officer of the Secretariat: the first one cannot be invited by anybody."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.shortcuts import resolve_url

from creativecities.accounts import actions as accounts
from creativecities.core import days
from creativecities.core.actor import Robot
from creativecities.network.actions import mandates
from creativecities.network.models import Mandate

BY = Robot("Command line")


class Command(BaseCommand):
    help = "Makes somebody an officer of the Secretariat, and says what to do next."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="their name; else the part of the address before @")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"].strip().lower()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address") from None
        with transaction.atomic():
            is_new = self._open(email, options["name"] or email.split("@")[0])
        self.stdout.write("The mandate is open." if is_new else "The mandate was open already.")
        self.stdout.write(f"1. Sign in at {settings.SITE['url']}{resolve_url(settings.LOGIN_URL)} as {email}.")
        where = "here on the console of the web process" if "console" in settings.EMAIL_BACKEND else "by mail"
        self.stdout.write(f"2. A code comes {where}.")
        self.stdout.write("3. Set up a second factor: the Secretariat's pages open after that.")

    def _open(self, email: str, name: str) -> bool:
        person = accounts.welcome(email, name, by=BY)
        today = days.today()
        if Mandate.objects.on(today).filter(person=person, role=Mandate.Role.SECRETARIAT).exists():
            return False
        mandates.open_mandate(person=person, role=Mandate.Role.SECRETARIAT, start=today, by=BY)
        return True
