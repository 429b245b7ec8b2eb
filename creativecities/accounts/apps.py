"""People: sign-in, invitations, preferences, sessions, one's own data. It knows no role."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "creativecities.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from creativecities.accounts import adapter, jobs, notices, queries
        from creativecities.core import backups, outbox
        from creativecities.core.jobs import every_minute

        notices.register()
        every_minute(jobs.forget_codes)
        outbox.register_stop(queries.stop_link)
        outbox.register_confidential("accounts.")
        backups.register_forgetting(queries.erasure_marks, jobs.erase_again)
        authenticator_added.connect(adapter.proven_by_setting_up)
