"""Calls: from the open call to the designation."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    name = "creativecities.calls"
    label = "calls"

    def ready(self) -> None:
        from creativecities.accounts import rules as accounts
        from creativecities.calls import notices
        from creativecities.calls.actions.people import forget_person
        from creativecities.calls.queries import awaited, reviewers, reviews, telling, undecided
        from creativecities.calls.rules import decisions, events
        from creativecities.core import access, desk, digests

        notices.register()
        decisions.register()
        desk.register_due(reviewers.due_for)
        accounts.register_erasure(forget_person)
        desk.register_due(reviews.due_for)
        desk.register_due(awaited.due_for)
        desk.register_due(undecided.due_for)
        access.register_event_rule(events.told_to_team)
        access.register_event_limit(events.limit)
        digests.register_reader("calls.application.", telling.prepares_any)
        self._prepare_files()

    def _prepare_files(self) -> None:
        """What those see and do who prepare the files of cities."""
        from creativecities.accounts import rules as accounts
        from creativecities.calls.actions import beginnings
        from creativecities.calls.actions import team as acts
        from creativecities.calls.queries import files
        from creativecities.calls.rules import applications, team
        from creativecities.calls.rules.papers import files_visible_to
        from creativecities.core import desk, presence
        from creativecities.network.queries.files import register_files

        register_files(files_visible_to)
        desk.register_due(files.due_for)
        presence.register_places("calls.application", applications.may_be_at)
        accounts.register_acceptance(beginnings.INVITATION, beginnings.take_up, applications.beginning_stands)
        accounts.register_acceptance(team.INVITATION, acts.take_up, team.stands)
        accounts.register_erasure_rule(team.erase)
        accounts.register_erasure(acts.forget_member)
