"""Addresses of the network's own pages: a city's team and the Secretariat; the public ones are the portal's."""

from django.urls import path, re_path

from creativecities.network.views import city, history, pictures, team, welcome
from creativecities.network.views.secretariat import bodies, cities, desk, records

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
    path("cities/<slug:slug>/edit/team/", team.team, name="team"),
    path("cities/<slug:slug>/edit/team/<int:pk>/close/", team.close, name="team_close"),
    path("cities/<slug:slug>/edit/team/invitations/<int:pk>/revoke/", team.revoke, name="team_revoke"),
    path("cities/<slug:slug>/edit/first-steps/", welcome.first_steps, name="first_steps"),
    path("cities/<slug:slug>/history/", history.history, name="history"),
    path("cities/<slug:slug>/history/<int:pk>/undo/", history.undo, name="undo"),
    path(
        "cities/<slug:slug>/history/portrait/<str:language>/<int:number>/",
        history.portrait_version,
        name="portrait_version",
    ),
    path("secretariat/", desk.desk, name="secretariat"),
    path("secretariat/cities/", cities.cities, name="secretariat_cities"),
    re_path(r"^secretariat/cities\.(?P<kind>csv|json)$", cities.cities, name="secretariat_cities_data"),
    path("secretariat/cities/<slug:slug>/", cities.city, name="secretariat_city"),
    path("secretariat/cities/<slug:slug>/invite/", cities.invite, name="secretariat_invite"),
    path("secretariat/invitations/<int:pk>/revoke/", cities.revoke, name="secretariat_revoke"),
    path("secretariat/mandates/<int:pk>/close/", cities.close_mandate, name="secretariat_close_mandate"),
    path("secretariat/mandates/<int:pk>/hand-over/", cities.hand_over, name="secretariat_hand_over"),
    path("secretariat/people/", bodies.people, name="secretariat_people"),
    re_path(r"^secretariat/people\.(?P<kind>csv|json)$", bodies.people, name="secretariat_people_data"),
    path("secretariat/commissions/", bodies.commissions, name="secretariat_commissions"),
    path("secretariat/commissions/<str:iso2>/", bodies.commission, name="secretariat_commission"),
    path("secretariat/commissions/<str:iso2>/officer/", bodies.officer, name="secretariat_officer"),
    path("secretariat/fields/", bodies.fields, name="secretariat_fields"),
    path("secretariat/fields/<slug:slug>/", bodies.field, name="secretariat_field"),
    path("secretariat/data/", records.data, name="secretariat_data"),
    path("secretariat/data/<int:pk>/", records.decide, name="secretariat_decide"),
    path("secretariat/outbox/", records.outbox, name="secretariat_outbox"),
    path("secretariat/outbox/release/", records.release, name="secretariat_release"),
    path("secretariat/outbox/<int:pk>/", records.mail, name="secretariat_mail"),
    path("secretariat/events/", records.events, name="secretariat_events"),
    re_path(r"^secretariat/events\.(?P<kind>csv|json)$", records.events, name="secretariat_events_data"),
]
