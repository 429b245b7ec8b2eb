"""Addresses of signing in, invitations and one's own account."""

from typing import Any

from django.urls import include, path

own: list[Any] = []
urlpatterns = [
    path("", include((own, "accounts"))),
    path("sign-in/", include("allauth.urls")),
]
