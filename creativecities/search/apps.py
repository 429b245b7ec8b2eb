"""What can be found: an index of documents that slices register, and the questions it answers. It knows no slice."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "creativecities.search"
    label = "search"

    def ready(self) -> None:
        from creativecities.core import preparation
        from creativecities.search import jobs, notices

        notices.register()
        preparation.register(jobs.prepare)
