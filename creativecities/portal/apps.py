"""The faces the network shows: atlas, city, statistics, desk. Reads only."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "creativecities.portal"
    label = "portal"

    def ready(self) -> None:
        from creativecities.portal.queries import cues, searchable
        from creativecities.search.queries import register_cues

        searchable.offer()
        register_cues(cues.cues)
