"""Every address. Pages exist in six languages; files, health and data endpoints of machines in one."""

from django.conf import settings
from django.urls import include, path

from creativecities.core import views as core
from creativecities.core.language import in_six_languages
from creativecities.network.views import public as network
from creativecities.portal.urls import for_machines

handler400 = "creativecities.core.views.bad_request"
handler403 = "creativecities.core.views.forbidden"
handler404 = "creativecities.core.views.not_found"
handler429 = "creativecities.accounts.views.too_many_requests"
handler500 = "creativecities.core.views.broken"

urlpatterns = [
    path("", include("creativecities.core.urls")),
    path("", include(for_machines)),
    path("files/<slug:code>/<str:name>", network.file, name="file"),
    *in_six_languages(
        path("_ui/", core.ui, name="ui"),
        path("same-form/", core.same_form, name="same_form"),
        path("", include("creativecities.accounts.urls")),
        path("", include("creativecities.network.urls")),
        path("", include("creativecities.exchange.urls")),
        path("", include("creativecities.conference.urls")),
        path("", include("creativecities.calls.urls")),
        path("", include("creativecities.portal.urls")),
        *([path("", include("creativecities.demo.urls"))] if settings.DEMO else []),
    ),
]
