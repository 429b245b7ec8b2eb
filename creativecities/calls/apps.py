"""Calls: from the open call to the designation."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "creativecities.calls"
    label = "calls"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.calls import notices
        from creativecities.calls.actions.people import forget_person
        from creativecities.calls.queries import reviews
        from creativecities.calls.rules import decisions
        from creativecities.core import desk

        notices.register()
        decisions.register()
        accounts.register_erasure(forget_person)
        desk.register_due(reviews.due_for)
