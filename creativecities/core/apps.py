"""The kernel: one door for writes, one for reads, and what every page shares. It knows no domain word and no role."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "creativecities.core"
    label = "core"

    def ready(self) -> None:
        from creativecities.core import access, converters, notices, outbox

        converters.register()
        notices.register()
        access.register_event_limit(outbox.events_limit)
