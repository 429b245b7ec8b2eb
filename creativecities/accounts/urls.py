"""Addresses of signing in, invitations and one's own account. The library's names are kept; the paths are ours."""

from allauth.account import views as sign_in
from allauth.mfa.base import views as factor
from allauth.mfa.webauthn import views as passkey
from django.urls import include, path

from creativecities.accounts.views import account, invitations, secretariat
from creativecities.accounts.views.sign_in import AskForCode

own = [
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("account/", account.profile, name="profile"),
    path("account/sessions/", account.sessions, name="sessions"),
    path("account/data/", account.my_data, name="my_data"),
    path("account/data/download/", account.download, name="download"),
    path("account/notices/stop/<str:token>/", account.stop_notices, name="stop_notices"),
    path("account/delete/", account.delete, name="delete"),
    path("secretariat/people/<int:pk>/second-factor/", secretariat.second_factor, name="second_factor"),
]

urlpatterns = [
    path("", include((own, "accounts"))),
    path("sign-in/", AskForCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/", sign_in.confirm_login_code, name="account_confirm_login_code"),
    # The library leads whoever must sign in to `account_login`: with us that is the page that sends a code.
    path("sign-in/", AskForCode.as_view(), name="account_login"),
    path("sign-in/password/", sign_in.login, name="sign_in_with_password"),
    path("sign-in/passkey/", passkey.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/second-factor/", factor.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", sign_in.signup, name="account_signup"),
    path("sign-in/inactive/", sign_in.account_inactive, name="account_inactive"),
    path("sign-in/forgotten/", sign_in.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/code/", sign_in.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("sign-in/forgotten/new/", sign_in.complete_password_reset, name="account_complete_password_reset"),
    path("sign-in/forgotten/done/", sign_in.password_reset_from_key_done, name="account_password_reset_completed"),
    path("sign-in/with/", include("allauth.socialaccount.urls")),
    path("sign-in/with/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("account/address/", sign_in.email, name="account_email"),
    path("account/address/code/", sign_in.email_verification_sent, name="account_email_verification_sent"),
    path("account/password/", sign_in.password_change, name="account_change_password"),
    path("account/password/set/", sign_in.password_set, name="account_set_password"),
    path("account/confirm/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("account/second-factor/", factor.index, name="mfa_index"),
    path("account/second-factor/confirm/", factor.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/app/", include("allauth.mfa.totp.urls")),
    path("account/second-factor/recovery-codes/", include("allauth.mfa.recovery_codes.urls")),
    path("account/second-factor/keys/", passkey.list_webauthn, name="mfa_list_webauthn"),
    path("account/second-factor/keys/add/", passkey.add_webauthn, name="mfa_add_webauthn"),
    path("account/second-factor/keys/confirm/", passkey.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("account/second-factor/keys/<int:pk>/remove/", passkey.remove_webauthn, name="mfa_remove_webauthn"),
    path("account/second-factor/keys/<int:pk>/edit/", passkey.edit_webauthn, name="mfa_edit_webauthn"),
]
