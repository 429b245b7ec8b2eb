"""What is told to a commission without an account: its link, and the code of an act. No other city is named."""

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.definition import languages
from creativecities.calls.models import Call, Confirmation
from creativecities.calls.queries.applications import title_of
from creativecities.core import outbox
from creativecities.network.models import NationalCommission

SENTENCES: dict[str, str | Promise] = {
    "calls.call.link_sent": _("%(actor)s sent a National Commission the link to its files"),
    "calls.call.links_revoked": _("%(actor)s revoked the links of a National Commission"),
    "calls.confirmation.sent": _("A code was mailed to the National Commission"),
    "calls.confirmation.matched": _("The National Commission confirmed with its code"),
    "calls.confirmation.missed": _("A wrong code was given"),
}
ACTS: dict[str, str | Promise] = {
    "endorse": _("endorse the file of %(city)s"),
    "decline": _("decline to endorse the file of %(city)s"),
    "withdraw": _("withdraw the endorsement of %(city)s"),
    "ask": _("write to the team of %(city)s"),
    "rank": _("rank the endorsed files"),
}


def language_of(call: Call) -> str:
    """In which language an office is written to: the call's first one, where pages have it."""
    first = languages(call.versions.all()[0].definition)[0].casefold()
    return first if first in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def sent(call: Call, commission: NationalCommission, token: str) -> None:
    """The link itself."""
    with override(language := language_of(call)):
        words = {"call": title_of(call, language)}
        outbox.queue(
            kind="calls.confirmation.link", key=f"commission-link-{token.partition('.')[0]}", to=commission.email,
            language=language, subject=gettext("Files of your country in the call: %(call)s") % words,
            body=gettext(
                "By this link your commission reads the files that cities of your country present in the call "
                "“%(call)s”, until your deadline. Who has the link can read: forward it only within your commission. "
                "To endorse, decline, withdraw, rank or write to a city, a code is mailed to this address each time."
            ) % words,
            link=settings.SITE["url"] + reverse("calls:endorse_queue", args=[token]),
        )  # fmt: skip


def code(confirmation: Confirmation, digits: str) -> None:
    """The code, and what it confirms."""
    link, file = confirmation.link, confirmation.application
    with override(language := language_of(link.call)):
        words = {"call": title_of(link.call, language), "code": f"{digits[:4]} {digits[4:]}",
                 "act": str(ACTS[confirmation.act]) % {"city": file.city_name if file else ""}}  # fmt: skip
        outbox.queue(
            kind="calls.confirmation.code", key=f"confirmation-{confirmation.pk}", to=link.commission.email,
            language=language, subject=gettext("Your code: %(call)s") % words,
            body=gettext(
                "%(code)s\n\nWith this code your commission confirms, in the call “%(call)s”: %(act)s. It is valid for "
                "ten minutes and works once. If nobody of your commission asked for it, write to the Secretariat."
            ) % words,
        )  # fmt: skip
