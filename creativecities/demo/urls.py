"""The one address that only a demonstration has."""

from django.urls import path

from creativecities.demo import views

app_name = "demo"
urlpatterns = [path("demo/", views.cast, name="cast")]
