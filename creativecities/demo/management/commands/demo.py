"""Tell the story of the demonstration into its own database."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from creativecities.core import preparation
from creativecities.demo import story


class Command(BaseCommand):
    help = "Tells the story of the demonstration, as far as is asked."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=list(story.STAGES), default=list(story.STAGES)[-1])

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO or settings.PRODUCTION:
            raise CommandError("The story is told in a demonstration only: make demo")
        preparation.migrate(self.stdout.write)
        story.tell(options["stage"], self.stdout.write)
        self.stdout.write("Stages: " + ", ".join(story.STAGES) + '. To stop at one: make demo STAGE="call open"')
        self.stdout.write("Choose who you are at /demo/. To begin anew, remove the folder " + str(settings.DATA_DIR))
