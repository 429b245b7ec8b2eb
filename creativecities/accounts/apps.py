"""People: sign-in, invitations, preferences, sessions, one's own data. It knows no role."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "creativecities.accounts"
    label = "accounts"

    def ready(self) -> None:
        from creativecities.accounts import notices

        notices.register()
