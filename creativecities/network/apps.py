"""Who is in the network: countries, cities, fields, memberships, mandates."""

from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "creativecities.network"
    label = "network"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.core import desk
        from creativecities.network import notices, rules
        from creativecities.network.actions import mandates as acts
        from creativecities.network.queries import desk as secretariat
        from creativecities.network.queries import mandates

        notices.register()
        rules.register()
        desk.register_due(secretariat.due_for)
        desk.register_due(mandates.due_for)
        accounts.register_acceptance(acts.INVITATION, acts.take_up, rules.invitation_stands)
        accounts.register_erasure(acts.forget_person)
