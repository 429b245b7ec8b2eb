"""Addresses of the public atlas and the desk."""

from django.urls import path, register_converter

from creativecities.portal.views import atlas, city, home, prose


class ListKind:
    """The ending of a list's address when it is wanted as data."""

    regex = "csv|json|geojson"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(ListKind, "kind")
app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("atlas/", atlas.atlas, name="atlas"),
    path("atlas.<kind:kind>", atlas.atlas_data, name="atlas_data"),
    path("cities/<slug:slug>/", city.city, name="city"),
    path("objectives/", prose.objectives, name="objectives"),
    path("how-to-join/", prose.how_to_join, name="how_to_join"),
    path("faq/", prose.faq, name="faq"),
    path("about/", prose.about, name="about"),
    path("partners/", prose.partners, name="partners"),
    path("contact/", prose.contact, name="contact"),
    path("privacy/", prose.privacy, name="privacy"),
    path("terms/", prose.terms, name="terms"),
    path("imprint/", prose.imprint, name="imprint"),
    path("accessibility/", prose.accessibility, name="accessibility"),
]
