"""Who is in the network: countries, cities, fields, memberships, mandates."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "creativecities.network"
    label = "network"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.network import notices, rules
        from creativecities.network.actions import mandates

        notices.register()
        rules.register()
        accounts.register_acceptance(mandates.INVITATION, mandates.take_up)
        accounts.register_erasure(mandates.forget_person)
