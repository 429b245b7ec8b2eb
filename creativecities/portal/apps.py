"""The faces the network shows: atlas, city, statistics, desk. Reads only."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "creativecities.portal"
    label = "portal"

    def ready(self) -> None:
        from creativecities.core import desk
        from creativecities.portal.queries import desk as queries

        desk.register_due(queries.what_is_due)
