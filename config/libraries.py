"""What libraries keep, classed as our own models class their fields (see `core.privacy`)."""

from creativecities.core.privacy import INTERNAL, PERSONAL

MODELS = {
    "account.emailaddress": PERSONAL,
    "account.emailconfirmation": PERSONAL,
    "auth.group": INTERNAL,
    "auth.permission": INTERNAL,
    "contenttypes.contenttype": INTERNAL,
    "django_tasks_database.dbtaskresult": INTERNAL,
    "mfa.authenticator": PERSONAL,
    "sessions.session": PERSONAL,
    "socialaccount.socialaccount": PERSONAL,
    "socialaccount.socialapp": INTERNAL,
    "socialaccount.socialtoken": PERSONAL,
    "usersessions.usersession": PERSONAL,
}
