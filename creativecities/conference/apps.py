"""The annual conference: editions, hosts, delegations, programme, fair, door and outcomes."""

from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "creativecities.conference"
    label = "conference"

    def ready(self) -> None:
        from creativecities.conference import notices

        notices.register()
