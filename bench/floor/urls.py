from django.urls import path
from django.views.decorators.cache import cache_page
from app import views

urlpatterns = [
    path("const/", views.const),
    path("cities/", views.cities, name="cities"),
    path("cached/cities/", cache_page(3600)(views.cities)),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("schedule/", views.schedule),
    path("fast/cities/", views.fast_cities),
    path("fast/schedule/", views.fast_schedule),
    path("cached/schedule/", cache_page(3600)(views.schedule)),
]
