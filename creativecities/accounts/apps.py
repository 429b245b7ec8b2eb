"""People: sign-in, invitations, preferences, sessions, one's own data. It knows no role."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "creativecities.accounts"
    label = "accounts"

    def ready(self) -> None:
        from allauth.mfa.signals import authenticator_added

        from creativecities.accounts import adapter, notices

        notices.register()
        authenticator_added.connect(adapter.proven_by_setting_up)
