"""Who is in the network: countries, cities, fields, memberships, mandates."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "creativecities.network"
    label = "network"

    def ready(self) -> None:
        from creativecities.network import notices, rules

        notices.register()
        rules.register()
