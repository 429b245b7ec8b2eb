"""Addresses of the network's own pages; the public ones are the portal's."""

from django.urls import URLPattern

app_name = "network"
urlpatterns: list[URLPattern] = []
