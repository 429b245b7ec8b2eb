"""A demonstration: an invented network, told by calling actions. Installed where DEMO is set, never in production."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "creativecities.demo"
    label = "demo"
