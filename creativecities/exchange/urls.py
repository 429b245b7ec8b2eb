"""Addresses of what cities record and answer; the public pages are the portal's."""

from django.urls import path

from creativecities.exchange.views import needs, partners, subnetworks

app_name = "exchange"
urlpatterns = [
    path("cities/<slug:slug>/exchange/", needs.desk, name="desk"),
    path("cities/<slug:slug>/exchange/topics/", needs.rate, name="topics"),
    path("cities/<slug:slug>/exchange/post/", needs.post, name="post"),
    path("exchange/<int:pk>/end/", needs.end, name="end"),
    path("initiatives/<slug:slug>/partners/<slug:city>/", partners.partner, name="partner"),
    path("fields/<slug:slug>/cities/", subnetworks.subnetwork, name="subnetwork"),
    path("fields/<slug:slug>/cities/announce/", subnetworks.announce, name="announce"),
]
