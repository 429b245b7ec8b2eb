"""Addresses of what cities record and answer; the public pages are the portal's."""

from django.urls import path

from creativecities.exchange.views import partners, subnetworks

app_name = "exchange"
urlpatterns = [
    path("initiatives/<slug:slug>/partners/<slug:city>/", partners.partner, name="partner"),
    path("fields/<slug:slug>/cities/", subnetworks.subnetwork, name="subnetwork"),
    path("fields/<slug:slug>/cities/announce/", subnetworks.announce, name="announce"),
]
