"""Addresses of what cities record and answer; the public pages are the portal's."""

from django.urls import path

from creativecities.exchange.views import (
    initiatives,
    invitations,
    messages,
    needs,
    partners,
    replies,
    subnetworks,
    suggestions,
    versions,
    wanted,
)

app_name = "exchange"
urlpatterns = [
    path("cities/<slug:slug>/exchange/", needs.desk, name="desk"),
    path("cities/<slug:slug>/exchange/topics/", needs.rate, name="topics"),
    path("cities/<slug:slug>/exchange/post/", needs.post, name="post"),
    path("cities/<slug:slug>/exchange/partners/", suggestions.suggestions, name="suggestions"),
    path("exchange/<int:pk>/partners/", suggestions.for_need, name="need_partners"),
    path("initiatives/<slug:slug>/partners/", suggestions.for_idea, name="idea_partners"),
    path("exchange/<int:pk>/end/", needs.end, name="end"),
    path("cities/<slug:slug>/edit/initiatives/", initiatives.initiatives, name="initiatives"),
    path("cities/<slug:slug>/edit/initiatives/new/", initiatives.new, name="new"),
    path("initiatives/<slug:slug>/edit/", initiatives.edit, name="edit"),
    path("initiatives/<slug:slug>/publish/", initiatives.publish, name="publish"),
    path("initiatives/<slug:slug>/retire/", initiatives.retire, name="retire"),
    path("initiatives/<slug:slug>/versions/", versions.versions, name="versions"),
    path("initiatives/<slug:slug>/versions/<int:number>/", versions.version, name="version"),
    path("cities/<slug:slug>/exchange/invitations/", invitations.of_city, name="invitations"),
    path("initiatives/<slug:slug>/invite/", invitations.invite, name="invite"),
    path("exchange/invitations/<int:pk>/", invitations.invitation, name="invitation"),
    path("exchange/invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw"),
    path("initiatives/<slug:slug>/looking/", wanted.looking, name="looking"),
    path("initiatives/<slug:slug>/complete/", wanted.complete, name="complete"),
    path("exchange/<int:pk>/reply/", replies.reply, name="reply"),
    path("exchange/replies/<int:pk>/", replies.received, name="received"),
    path("exchange/replies/<int:pk>/conversation/", messages.about_reply, name="about_reply"),
    path("exchange/invitees/<int:pk>/conversation/", messages.about_invitee, name="about_invitee"),
    path("initiatives/<slug:slug>/conversation/", messages.about_initiative, name="about_initiative"),
    path("exchange/conversations/", messages.conversations, name="conversations"),
    path("exchange/messages/<int:pk>/read/", messages.read, name="read"),
    path("exchange/messages/<int:pk>/take-back/", messages.take_back, name="take_back"),
    path("exchange/worked/<int:pk>/", replies.follow_up, name="follow_up"),
    path("initiatives/<slug:slug>/partners/<slug:city>/", partners.partner, name="partner"),
    path("fields/<slug:slug>/cities/", subnetworks.subnetwork, name="subnetwork"),
    path("fields/<slug:slug>/cities/announce/", subnetworks.announce, name="announce"),
]
