"""What the Secretariat does for a person who is locked out."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from creativecities.accounts import actions, rules
from creativecities.accounts.forms import WitnessForm
from creativecities.accounts.models import Person
from creativecities.core.access import get_visible, page


@page("secretariat", methods=("GET", "HEAD", "POST"))
def second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a lost second factor away, as a witness, with the reason."""
    person = get_visible(Person, request.user, pk=pk)
    refusal = rules.reset_second_factor(request.user, person)
    form = WitnessForm(request.POST or None)
    if request.method == "POST" and refusal is None and form.is_valid():
        actions.reset_second_factor(person, **form.cleaned_data, by=cast(Person, request.user))
        done = _("The second factor of %(name)s is gone; a mail tells them.") % {"name": person.name}
        messages.success(request, done)
        return redirect("accounts:second_factor", pk=person.pk)
    context = {"someone": person, "refusal": refusal, "form": form}
    status = refusal.status if refusal and request.method == "POST" else 200
    return render(request, "accounts/second_factor.html", context, status=status)
