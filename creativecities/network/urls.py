"""Addresses of the network's own pages: a city's team and the Secretariat; the public ones are the portal's."""

from django.urls import path

from creativecities.network.views import city, history, pictures

app_name = "network"
urlpatterns = [
    path("cities/<slug:slug>/edit/", city.edit_city, name="edit_city"),
    path("cities/<slug:slug>/edit/portrait/", city.edit_portrait, name="edit_portrait"),
    path("cities/<slug:slug>/edit/names/", city.edit_names, name="edit_names"),
    path("cities/<slug:slug>/edit/names/local/", city.local_name, name="local_name"),
    path("cities/<slug:slug>/edit/names/english/", city.rename, name="rename"),
    path("cities/<slug:slug>/edit/names/<int:pk>/remove/", city.remove_name, name="remove_name"),
    path("cities/<slug:slug>/edit/contact/", city.edit_contact, name="edit_contact"),
    path("cities/<slug:slug>/edit/links/", city.edit_links, name="edit_links"),
    path("cities/<slug:slug>/edit/pictures/", pictures.pictures, name="pictures"),
    path("cities/<slug:slug>/edit/pictures/<int:pk>/", pictures.picture, name="picture"),
    path("cities/<slug:slug>/edit/pictures/<int:pk>/place/", pictures.place_picture, name="place_picture"),
    path("cities/<slug:slug>/edit/pictures/<int:pk>/withdraw/", pictures.withdraw_picture, name="withdraw_picture"),
    path("cities/<slug:slug>/edit/pictures/<int:pk>/show/", pictures.show_picture, name="show_picture"),
    path("cities/<slug:slug>/edit/pictures/<int:pk>/take-down/", pictures.take_down_picture, name="take_down_picture"),
    path("cities/<slug:slug>/history/", history.history, name="history"),
    path("cities/<slug:slug>/history/<int:pk>/undo/", history.undo, name="undo"),
    path(
        "cities/<slug:slug>/history/portrait/<str:language>/<int:number>/",
        history.portrait_version,
        name="portrait_version",
    ),
]
