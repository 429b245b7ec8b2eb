"""Addresses of the public atlas and the desk."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from creativecities.portal.views import (
    atlas,
    city,
    data,
    desk,
    home,
    initiatives,
    machines,
    needs,
    network,
    opportunities,
    places,
    prose,
    search,
    statistics,
)


class Iso(StringConverter):
    """A country's two letters; lower case is led to upper."""

    regex = "[A-Za-z]{2}"


register_converter(Iso, "iso")
app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("atlas/", atlas.atlas, name="atlas"),
    path("atlas.<kind:kind>", atlas.atlas_data, name="atlas_data"),
    path("cities/<str:slug>/", city.city, name="city"),
    path("fields/", places.fields, name="fields"),
    path("fields.<table:kind>", places.fields_data, name="fields_data"),
    path("fields/<str:slug>/", places.field, name="field"),
    path("fields/<slug:slug>.<kind:kind>", places.field_data, name="field_data"),
    path("fields/<slug:slug>/calendar.ics", opportunities.field_calendar, name="field_calendar"),
    path("regions/", places.regions, name="regions"),
    path("regions.<table:kind>", places.regions_data, name="regions_data"),
    path("regions/<slug:slug>/", places.region, name="region"),
    path("regions/<slug:slug>.<kind:kind>", places.region_data, name="region_data"),
    path("countries/", places.countries, name="countries"),
    path("countries.<table:kind>", places.countries_data, name="countries_data"),
    path("countries/<iso:iso>/", places.country, name="country"),
    path("countries/<iso:iso>.<kind:kind>", places.country_data, name="country_data"),
    path("search/", search.search, name="search"),
    path("search.json", search.search_data, name="search_data"),
    path("initiatives/", initiatives.initiatives, name="initiatives"),
    path("initiatives.<table:kind>", initiatives.initiatives_data, name="initiatives_data"),
    path("initiatives/<str:slug>/", initiatives.initiative, name="initiative"),
    path("exchange/", needs.exchange, name="exchange"),
    path("exchange.json", needs.exchange_data, name="exchange_data"),
    path("exchange/<int:pk>/", needs.need, name="need"),
    path("opportunities/", opportunities.opportunities, name="opportunities"),
    path("opportunities.<table:kind>", opportunities.opportunities_data, name="opportunities_data"),
    path("opportunities.atom", opportunities.feed, name="opportunities_feed"),
    path("opportunities.ics", opportunities.calendar, name="opportunities_calendar"),
    path("statistics/", statistics.statistics, name="statistics"),
    path("statistics.<table:kind>", statistics.statistics_data, name="statistics_data"),
    path("network/", network.network, name="network"),
    path("network.<table:kind>", network.network_data, name="network_data"),
    path("feed.atom", machines.feed, name="feed"),
    path("data/", data.data, name="data"),
    path("data.json", data.catalogue, name="catalogue"),
    path("data/quality/", data.quality, name="quality"),
    path("data/quality.json", data.quality_data, name="quality_data"),
    path("desk/", desk.desk_page, name="desk"),
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
for_machines = (
    [
        path("sitemap.xml", machines.sitemap, name="sitemap"),
        path("sitemap-<int:part>.xml", machines.sitemap, name="sitemap_part"),
        path("robots.txt", machines.robots, name="robots"),
        path("manifest.webmanifest", machines.manifest, name="manifest"),
        path(".well-known/security.txt", machines.security, name="security"),
        path("cards/_network.png", machines.site_card, name="site_card"),
        path("cards/<slug:slug>.png", machines.card, name="card"),
    ],
    "machines",
)
"""Addresses that have no language."""
