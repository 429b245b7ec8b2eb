"""The signed link by which somebody joins. Reading it changes nothing: mail scanners follow links."""

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.accounts import actions, queries, rules
from creativecities.core.access import page
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal

INVITATION = Robot("Invitation")  # not the name of the person: nobody could find it again to erase it


@page("public", methods=("GET", "HEAD", "POST"))
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites to what and until when; accepting opens the account and signs in."""
    found = queries.invitation_opened_by(token)
    if found is None:
        return render(request, "accounts/invitation_unknown.html", status=404)
    refusal = rules.accept(found)
    if refusal is None and request.method == "POST":
        try:
            person = actions.accept(found, by=INVITATION)
        except Refusal as late:
            refusal = late
        else:
            if request.user.is_authenticated and request.user.pk != person.pk:
                logout(request)
            return perform_login(request, Login(user=person, email=person.email))  # type: ignore[no-any-return]
    status = refusal.status if refusal else 200
    return render(request, "accounts/invitation.html", {"invitation": found, "refusal": refusal}, status=status)
