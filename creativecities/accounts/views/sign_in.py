"""Where signing in begins. The library's page, but asking again is answered."""

from typing import Any

from allauth.account import views as library
from django.http import HttpRequest, HttpResponse

from creativecities.accounts.models import Person


class AskForCode(library.RequestLoginCodeView):  # type: ignore[misc]
    """The address; then a code is on its way to it."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: Any) -> HttpResponse | None:
        """Who looks is led to where the code is typed; who gives an address again, the same or another, is answered."""
        if stage.login.user is None:  # the person of a known address was read for this; an unknown one costs as much
            Person.objects.visible_to(request.user).first()
        if request.method == "POST":
            return None
        return super()._redirect_to_pending_stage(request, stage)  # type: ignore[no-any-return]
