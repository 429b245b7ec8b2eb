"""Addresses of calls."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from creativecities.calls.compute.definition import LISTS, PARTS
from creativecities.calls.views import (
    announced,
    checking,
    commission,
    deciding,
    decision,
    endorse,
    files,
    handing_in,
    history,
    meetings,
    papers,
    presented,
    public,
    results,
    returns,
    reviewing,
    reviews,
    secretariat,
    secretariat_assignments,
    secretariat_commissions,
    secretariat_exports,
    secretariat_meeting,
    secretariat_reviewers,
    team,
    timeline,
    word,
    writing,
)


class Part(StringConverter):
    """The name of a part that stands once in a call."""

    regex = "|".join(PARTS)


class Several(StringConverter):
    """The name of a list of a call."""

    regex = "|".join(LISTS)


class Step(StringConverter):
    """What a reviewer does on the way to the files."""

    regex = "accept|decline|promise|declare|conflict|leave"


register_converter(Step, "step")


class Decision(StringConverter):
    """What a National Commission decides on a file."""

    regex = "|".join(commission.ACTS)


register_converter(Part, "part")
register_converter(Decision, "decision")
register_converter(Several, "several")
app_name = "calls"
urlpatterns = [
    path("calls/", public.calls, name="calls"),
    path("calls.<table:kind>", public.calls_data, name="calls_data"),
    path("calls.atom", public.feed, name="feed"),
    path("calls/<slug:slug>/", public.call, name="call"),
    path("calls/<slug:slug>/check/", public.check, name="check"),
    path("calls/<slug:slug>/assess/", public.assess, name="assess"),
    path("calls/<slug:slug>/field/", public.fit, name="fit"),
    path("calls/<slug:slug>.ics", public.calendar, name="calendar"),
    path("calls/<slug:slug>/begin/", files.begin, name="begin"),
    path("applications/", files.files, name="files"),
    path("applications/<slug:code>/", files.file, name="file"),
    path("applications/<slug:code>/city/", files.facts, name="facts"),
    path("applications/<slug:code>/team/", team.team, name="team"),
    path("applications/<slug:code>/next/", team.take_into, name="take_into"),
    path("applications/<slug:code>/form/<slug:key>/", writing.section, name="section"),
    path("applications/<slug:code>/form/<slug:key>/<slug:question>/<int:row>/", history.history, name="answer_history"),
    path("applications/<slug:code>/documents/", papers.documents, name="documents"),
    path("applications/<slug:code>/documents/<slug:key>/<int:number>/", papers.paper, name="paper"),
    path("applications/<slug:code>/documents/<slug:key>/<int:number>/remove/", papers.remove, name="remove_paper"),
    path("applications/<slug:code>/preview/", handing_in.preview, name="preview_file"),
    path("applications/<slug:code>/draft.pdf", handing_in.file_pdf, name="file_pdf"),
    path("applications/<slug:code>/draft.docx", word.exported, name="file_word"),
    path("applications/<slug:code>/word/", word.word, name="word"),
    path("applications/<slug:code>/word/take/", word.take, name="take_word"),
    path("applications/<slug:code>/hand-in/", handing_in.hand_in, name="hand_in"),
    path("applications/<slug:code>/take-back/", handing_in.take_back, name="take_back"),
    path("applications/<slug:code>/give-up/", handing_in.give_up, name="give_up"),
    path("applications/<slug:code>/receipts/<int:number>/", handing_in.receipt, name="receipt"),
    path("applications/<slug:code>/receipts/<int:number>.pdf", handing_in.receipt_pdf, name="receipt_pdf"),
    path("applications/<slug:code>/receipts/<int:number>.json", handing_in.handed_in_data, name="handed_in_data"),
    path("applications/<slug:code>/receipts/<int:number>/file/", handing_in.handed_in, name="handed_in"),
    path("applications/<slug:code>/receipts/<int:number>/since/<int:earlier>/", handing_in.since, name="since"),
    path("secretariat/calls/", secretariat.calls, name="all"),
    path("secretariat/calls/<slug:slug>/", secretariat.call, name="write"),
    path("secretariat/calls/<slug:slug>/preview/", secretariat.preview, name="preview"),
    path("secretariat/calls/<slug:slug>/publish/", secretariat.release, name="release"),
    path("secretariat/calls/<slug:slug>/extend/", secretariat.extend, name="extend"),
    path("secretariat/calls/<slug:slug>/withdraw/", secretariat.withdraw, name="withdraw"),
    path("secretariat/calls/<slug:slug>/<part:name>/", secretariat.part, name="part"),
    path("secretariat/calls/<slug:slug>/<several:name>/", secretariat.item, name="new_item"),
    path("secretariat/calls/<slug:slug>/<several:name>/<slug:key>/", secretariat.item, name="item"),
    path("secretariat/calls/<slug:slug>/<several:name>/<slug:key>/arrange/", secretariat.arrange, name="arrange"),
    # who is asked to read files
    path("reviews/invitations/", reviewing.invitations, name="invited"),
    path("reviews/invitations/<slug:slug>/", reviewing.reviewing, name="reviewing"),
    path("reviews/invitations/<slug:slug>/<step:name>/", reviewing.act, name="reviewing_act"),
    path("secretariat/calls/<slug:slug>/reviewers/", secretariat_reviewers.reviewers, name="reviewers"),
    path("secretariat/calls/<slug:slug>/reviewers/expert/", secretariat_reviewers.ask_expert, name="ask_expert"),
    path("secretariat/calls/<slug:slug>/reviewers/city/", secretariat_reviewers.ask_city, name="ask_city"),
    path("secretariat/calls/<slug:slug>/reviewers/cities/", secretariat_reviewers.ask_cities, name="ask_cities"),
    path("secretariat/calls/<slug:slug>/reviewers/remind/", secretariat_reviewers.remind, name="remind_invited"),
    path("secretariat/calls/<slug:slug>/reviewers/conflicts/", secretariat_reviewers.conflicts, name="conflicts"),
    path("secretariat/calls/<slug:slug>/reviewers/<int:pk>/", secretariat_reviewers.reviewer, name="reviewer"),
    path("secretariat/calls/<slug:slug>/reviewers/<int:pk>/again/", secretariat_reviewers.ask_again, name="ask_again"),
    path("secretariat/calls/<slug:slug>/assignments/", secretariat_assignments.assignments, name="assignments"),
    path("secretariat/calls/<slug:slug>/assignments/propose/", secretariat_assignments.propose, name="propose_plan"),
    path("secretariat/calls/<slug:slug>/assignments/plan/", secretariat_assignments.plan, name="plan"),
    path(
        "secretariat/calls/<slug:slug>/assignments/plan/<int:pk>/", secretariat_assignments.decide, name="decide_plan"
    ),
    path("secretariat/calls/<slug:slug>/assignments/<slug:code>/", secretariat_assignments.file, name="assigned"),
    path("secretariat/calls/<slug:slug>/assignments/<slug:code>/give/", secretariat_assignments.assign, name="assign"),
    path(
        "secretariat/calls/<slug:slug>/assignments/<slug:code>/<int:pk>/",
        secretariat_assignments.take_away,
        name="take_away",
    ),
    # what reviewers do
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/meeting/<slug:slug>/", meetings.meeting, name="meeting"),
    path("reviews/meeting/<slug:slug>/now/", meetings.now, name="meeting_now"),
    path("reviews/<slug:code>/", reviews.review, name="review"),
    path("reviews/<slug:code>/discussion/", reviews.say, name="say"),
    path("reviews/<slug:code>/reopen/", reviews.reopen, name="reopen_review"),
    path("reviews/<slug:code>/recuse/", reviews.recuse, name="recuse"),
    path("secretariat/calls/<slug:slug>/decision/", decision.scenarios, name="decision"),
    path("secretariat/calls/<slug:slug>/decision/scenarios/<int:pk>/", decision.scenario, name="scenario"),
    path("secretariat/calls/<slug:slug>/decision/scenarios/<int:pk>/remove/", decision.remove, name="remove_scenario"),
    path("secretariat/calls/<slug:slug>/decision/propose/", decision.propose, name="propose"),
    path("secretariat/calls/<slug:slug>/decision/compare/", decision.compare, name="compare"),
    # the check
    path("applications/<slug:code>/timeline/", timeline.timeline, name="timeline"),
    path("applications/<slug:code>/changes/", timeline.changes, name="changes"),
    path("secretariat/calls/<slug:slug>/files/", checking.received, name="received"),
    path("secretariat/calls/<slug:slug>/files.<table:kind>", checking.received_data, name="received_data"),
    path("secretariat/calls/<slug:slug>/files/<slug:code>/", checking.received_file, name="received_file"),
    path("secretariat/calls/<slug:slug>/results/", results.results, name="results"),
    path("secretariat/calls/<slug:slug>/results.<table:kind>", results.results_data, name="results_data"),
    path("secretariat/calls/<slug:slug>/results/remind/", results.remind, name="remind_reviewers"),
    path("secretariat/calls/<slug:slug>/results/<slug:code>/", results.file_results, name="file_results"),
    path("secretariat/calls/<slug:slug>/results/<slug:code>/<int:pk>/send-back/", returns.send_back, name="send_back"),
    path("secretariat/calls/<slug:slug>/results/<slug:code>/<int:pk>/let-stand/", returns.let_stand, name="let_stand"),
    path("secretariat/calls/<slug:slug>/decision/files/", deciding.files, name="decisions"),
    path("secretariat/calls/<slug:slug>/decision/files/<slug:code>/", deciding.file, name="decide"),
    path("secretariat/calls/<slug:slug>/decision/scenarios/<int:pk>/adopt/", deciding.adopt, name="adopt"),
    path("secretariat/calls/<slug:slug>/decision/text/", deciding.text, name="announcement_text"),
    path("secretariat/calls/<slug:slug>/decision/announce/", deciding.announce, name="announce"),
    path("calls/<slug:slug>/announcement/", announced.announcement, name="announcement"),
    path("applications/<slug:code>/decision/", announced.outcome, name="outcome"),
    # what National Commissions decide, and what a city's team tells them
    path("applications/<slug:code>/commission/", presented.presented, name="presented"),
    path("endorse/<str:token>/", endorse.queue, name="endorse_queue"),
    path("endorse/<str:token>/ranks/", endorse.ranks, name="endorse_ranks"),
    path("endorse/<str:token>/<slug:code>/", endorse.file, name="endorse_file"),
    path("endorse/<str:token>/<slug:code>/papers/<slug:paper>/<str:name>", endorse.paper, name="endorse_paper"),
    path("endorse/<str:token>/<slug:code>/<decision:name>/", endorse.act, name="endorse_act"),
    path("secretariat/calls/<slug:slug>/commissions/", secretariat_commissions.commissions, name="commission_links"),
    path("commission/", commission.queue, name="commission_queue"),
    path("commission.csv", commission.queue_data, name="commission_data"),
    path("commission/<slug:code>/", commission.file, name="commission_file"),
    path("commission/<slug:code>/<decision:name>/", commission.act, name="commission_act"),
    path("commission/<slug:slug>/<str:iso2>/ranks/", commission.ranks, name="commission_ranks"),
    path("secretariat/calls/<slug:slug>/meeting/", secretariat_meeting.lead, name="lead_meeting"),
    path("secretariat/calls/<slug:slug>/meeting/agenda/", secretariat_meeting.agenda, name="agenda"),
    path("secretariat/calls/<slug:slug>/meeting/<int:pk>/notes/", secretariat_meeting.notes, name="meeting_notes"),
    # a whole round as an archive, and letters as PDF
    path("secretariat/calls/<slug:slug>/export/", secretariat_exports.export, name="export"),
    path("secretariat/calls/<slug:slug>/export.zip", secretariat_exports.download, name="download_export"),
    path("applications/<slug:code>/decision.pdf", announced.letter, name="decision_letter"),
]
