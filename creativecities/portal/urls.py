"""Addresses of the public atlas and the desk."""

from django.urls import URLPattern

app_name = "portal"
urlpatterns: list[URLPattern] = []
