"""Who is in the network: countries, cities, fields, memberships, mandates."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "creativecities.network"
    label = "network"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.core import desk
        from creativecities.network import notices, rules
        from creativecities.network.actions import mandates
        from creativecities.network.queries import desk as queries

        notices.register()
        rules.register()
        desk.register_due(queries.due_for)
        accounts.register_acceptance(mandates.INVITATION, mandates.take_up)
        accounts.register_erasure(mandates.forget_person)
