"""Addresses of the conference."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from creativecities.conference.compute.definition import LISTS, PARTS
from creativecities.conference.views import (
    case_readers,
    cases,
    certificates,
    delegations,
    desk,
    doors,
    editions,
    fair,
    fair_secretariat,
    fair_team,
    figures,
    hosting,
    letters,
    materials,
    meetings,
    meetings_secretariat,
    mine,
    now,
    outcomes,
    participants,
    programme,
    programme_files,
    reports,
    saying,
    secretariat_badges,
    secretariat_cases,
    secretariat_certificates,
    secretariat_contributions,
    secretariat_delegations,
    secretariat_doors,
    secretariat_figures,
    secretariat_hosting,
    secretariat_imports,
    secretariat_letters,
    secretariat_outcomes,
    secretariat_programme,
    secretariat_releases,
    secretariat_reports,
    secretariat_surveys,
    settings,
    surveys,
    trips,
    voting,
)


class Part(StringConverter):
    """The name of a part that stands once in an edition."""

    regex = "|".join(PARTS)


class Several(StringConverter):
    """The name of a list of an edition."""

    regex = "|".join(LISTS)


class BidAct(StringConverter):
    """What a city does with its bid."""

    regex = "|".join(hosting.ACTS)


class CaseAct(StringConverter):
    """What a city does with its case."""

    regex = "|".join(cases.ACTS)


register_converter(BidAct, "bid_act")
register_converter(CaseAct, "case_act")
register_converter(Part, "edition_part")
register_converter(Several, "edition_list")
app_name = "conference"
urlpatterns = [
    # editions
    path("conference/", editions.editions, name="editions"),
    path("conference.<table:kind>", editions.editions_data, name="editions_data"),
    path("conference.ics", editions.calendar, name="editions_calendar"),
    path("conference/<slug:slug>/", editions.edition, name="edition"),
    # bids to host one, and the vote on them
    path("conference/<slug:slug>/hosting/", hosting.hosting, name="hosting"),
    path("conference/<slug:slug>/hosting/begin/", hosting.begin, name="begin_bid"),
    path("conference/<slug:slug>/hosting/bids/<slug:code>/", hosting.bid, name="bid"),
    path("conference/<slug:slug>/hosting/bids/<slug:code>/edit/", hosting.write, name="write_bid"),
    path("conference/<slug:slug>/hosting/bids/<slug:code>/cities/", hosting.ask, name="ask_city"),
    path("conference/<slug:slug>/hosting/bids/<slug:code>/cities/<slug:city>/", hosting.answer, name="answer_bid"),
    path("conference/<slug:slug>/hosting/bids/<slug:code>/<bid_act:name>/", hosting.act, name="bid_act"),
    path("conference/<slug:slug>/hosting/vote/<int:number>/", voting.vote, name="vote"),
    path("conference/<slug:slug>/hosting/vote/<int:number>.json", voting.vote_data, name="vote_data"),
    path("conference/<slug:slug>/hosting/vote/<int:number>/cast/<slug:city>/", voting.cast, name="cast"),
    path("conference/<slug:slug>/hosting/vote/<int:number>/decide/", voting.decide, name="decide_tie"),
    path("secretariat/conference/<slug:slug>/hosting/", secretariat_hosting.hosting, name="all_bids"),
    path("secretariat/conference/<slug:slug>/hosting/present/", secretariat_hosting.present, name="present_bids"),
    path("secretariat/conference/<slug:slug>/hosting/bids/<slug:code>/", secretariat_hosting.check, name="check_bid"),
    path("secretariat/conference/", desk.editions, name="desk"),
    path("secretariat/conference/<slug:slug>/", desk.edition, name="desk_edition"),
    path("secretariat/conference/<slug:slug>/announce/", desk.announce, name="announce"),
    path("secretariat/conference/<slug:slug>/postpone/", desk.postpone, name="postpone"),
    path("secretariat/conference/<slug:slug>/cancel/", desk.cancel, name="cancel"),
    path("secretariat/conference/<slug:slug>/settings/", settings.settings, name="settings"),
    path("secretariat/conference/<slug:slug>/settings/hosts/", settings.hosts, name="name_hosts"),
    path("secretariat/conference/<slug:slug>/settings/<edition_part:name>/", settings.part, name="part"),
    path("secretariat/conference/<slug:slug>/settings/<edition_list:name>/", settings.item, name="new_item"),
    path("secretariat/conference/<slug:slug>/settings/<edition_list:name>/<slug:key>/", settings.item, name="item"),
    path(
        "secretariat/conference/<slug:slug>/settings/<edition_list:name>/<slug:key>/arrange/",
        settings.arrange,
        name="arrange",
    ),
    # cases
    path("conference/<slug:slug>/cases/", cases.call, name="case_call"),
    path("conference/<slug:slug>/delegation/<slug:city>/cases/", cases.own, name="own_cases"),
    path("conference/<slug:slug>/delegation/<slug:city>/cases/<slug:code>/", cases.write, name="write_case"),
    path(
        "conference/<slug:slug>/delegation/<slug:city>/cases/<slug:code>/<case_act:name>/", cases.act, name="act_case"
    ),
    path("conference/<slug:slug>/mine/cases/", case_readers.own, name="cases_to_read"),
    path("conference/<slug:slug>/mine/cases/<slug:code>/", case_readers.read, name="read_case"),
    path("secretariat/conference/<slug:slug>/cases/", secretariat_cases.cases, name="all_cases"),
    path("secretariat/conference/<slug:slug>/cases/give-out/", secretariat_cases.give_out, name="give_cases_out"),
    path(
        "secretariat/conference/<slug:slug>/cases/readers/<int:pk>/",
        secretariat_cases.ask_again,
        name="ask_case_reader",
    ),
    path("secretariat/conference/<slug:slug>/cases/<slug:code>/", secretariat_cases.decide, name="decide_case"),
    path(
        "secretariat/conference/<slug:slug>/cases/<slug:code>/session/",
        secretariat_contributions.place,
        name="place_case",
    ),
    path(
        "secretariat/conference/<slug:slug>/cases/<slug:code>/session/leave/",
        secretariat_contributions.take_off,
        name="take_case_off",
    ),
    path(
        "secretariat/conference/<slug:slug>/cases/<slug:code>/readings/<int:pk>/",
        secretariat_cases.take_away,
        name="take_case_away",
    ),
    # outcome documents
    path("conference/<slug:slug>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("conference/<slug:slug>/outcomes/<slug:name>/", outcomes.outcome, name="outcome"),
    path("conference/<slug:slug>/outcomes/<slug:name>.pdf", outcomes.outcome_pdf, name="outcome_pdf"),
    path("conference/<slug:slug>/outcomes/<slug:name>.<table:kind>", outcomes.outcome_data, name="outcome_data"),
    path("conference/<slug:slug>/outcomes/<slug:name>/<int:number>/", outcomes.version, name="outcome_version"),
    path("conference/<slug:slug>/outcomes/<slug:name>/sign/<slug:city>/", outcomes.sign, name="sign_outcome"),
    path(
        "conference/<slug:slug>/outcomes/<slug:name>/withdraw/<slug:city>/", outcomes.withdraw, name="withdraw_outcome"
    ),
    path("secretariat/conference/<slug:slug>/outcomes/", secretariat_outcomes.outcomes, name="all_outcomes"),
    path("secretariat/conference/<slug:slug>/outcomes/<slug:name>/", secretariat_outcomes.write, name="write_outcome"),
    path("secretariat/conference/<slug:slug>/outcomes/<slug:name>/act/", secretariat_outcomes.act, name="act_outcome"),
    # trip reports and the report of the conference
    path("conference/<slug:slug>/delegation/<slug:city>/report/", trips.report, name="trip_report"),
    path("conference/<slug:slug>/delegation/<slug:city>/report/hand-in/", trips.hand_in, name="hand_in_trip"),
    path("conference/<slug:slug>/delegation/<slug:city>/report/take-back/", trips.take_back, name="take_back_trip"),
    path("conference/<slug:slug>/delegation/<slug:city>/report/ideas/<int:number>/", trips.idea, name="trip_idea"),
    path("conference/<slug:slug>/report/", reports.report, name="report"),
    path("conference/<slug:slug>/report.pdf", reports.report_pdf, name="report_pdf"),
    path("secretariat/conference/<slug:slug>/report/", secretariat_reports.arrange, name="arrange_report"),
    path("secretariat/conference/<slug:slug>/report/act/", secretariat_reports.act, name="act_report"),
    # certificates of attendance
    path("certificate/", certificates.check, name="check_certificate"),
    path("certificate/<slug:code>/", certificates.certificate, name="certificate"),
    path("conference/<slug:slug>/certificates/", certificates.certificates, name="certificates"),
    path("conference/<slug:slug>/certificates/<slug:code>.pdf", certificates.paper, name="certificate_paper"),
    path(
        "secretariat/conference/<slug:slug>/certificates/",
        secretariat_certificates.certificates,
        name="issue_certificates",
    ),
    path(
        "secretariat/conference/<slug:slug>/certificates.zip",
        secretariat_certificates.archive,
        name="certificates_archive",
    ),
    # invitation letters
    path("letter/", letters.check, name="check_letter"),
    path("letter/<slug:code>/", letters.with_code, name="letter_code"),
    path("conference/<slug:slug>/delegation/<slug:city>/<slug:code>/letter/", letters.letter, name="letter"),
    path("conference/<slug:slug>/mine/letter/", letters.own, name="own_letter"),
    path("secretariat/conference/<slug:slug>/letters/", secretariat_letters.letters, name="all_letters"),
    path(
        "secretariat/conference/<slug:slug>/letters/<int:number>/withdraw/",
        secretariat_letters.withdraw,
        name="withdraw_letter",
    ),
    # an edition in numbers
    path("conference/<slug:slug>/figures/", figures.figures, name="figures"),
    path("conference/<slug:slug>/figures.<table:kind>", figures.figures_data, name="figures_data"),
    path("secretariat/conference/<slug:slug>/figures/", secretariat_figures.count, name="count_edition"),
    # the survey of those who came
    path("conference/<slug:slug>/survey/", surveys.results, name="survey"),
    path("conference/<slug:slug>/survey.<table:kind>", surveys.results_data, name="survey_data"),
    path("conference/<slug:slug>/survey/<slug:key>/", surveys.answer, name="answer_survey"),
    path("conference/<slug:slug>/mine/survey/", surveys.own, name="own_survey"),
    path("secretariat/conference/<slug:slug>/survey/", secretariat_surveys.survey, name="lead_survey"),
    path("secretariat/conference/<slug:slug>/survey/begin/", secretariat_surveys.begin, name="begin_survey"),
    path("secretariat/conference/<slug:slug>/survey/act/", secretariat_surveys.act, name="act_survey"),
    # the programme for other programs
    path("conference/<slug:slug>/schedule.xml", programme_files.schedule_xml, name="schedule_xml"),
    path("conference/<slug:slug>/schedule.json", programme_files.schedule_json, name="schedule_json"),
    path("conference/<slug:slug>/schedule.ics", programme_files.schedule_ics, name="schedule_ics"),
    # a programme from a file
    path(
        "secretariat/conference/<slug:slug>/programme/import/",
        secretariat_imports.programme_import,
        name="programme_import",
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/import/take-in/",
        secretariat_imports.take_in,
        name="take_in_programme",
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/import/put-aside/",
        secretariat_imports.put_aside,
        name="put_programme_aside",
    ),
    # the programme
    path("conference/<slug:slug>/programme/", programme.programme, name="programme"),
    path("conference/<slug:slug>/programme.<table:kind>", programme.programme_data, name="programme_data"),
    path("conference/<slug:slug>/programme.atom", programme.feed, name="programme_feed"),
    path("conference/<slug:slug>/programme/now/", programme.now, name="programme_now"),
    path("conference/<slug:slug>/programme/changes/", programme.changes, name="programme_changes"),
    path("conference/<slug:slug>/programme/<slug:name>/", programme.session, name="session"),
    path(
        "secretariat/conference/<slug:slug>/programme/release/", secretariat_releases.release, name="release_programme"
    ),
    path("conference/<slug:slug>/programme/<slug:name>/sign-up/", mine.sign_up, name="sign_up"),
    path("conference/<slug:slug>/programme/<slug:name>/give-back/", mine.give_back, name="give_back"),
    path("conference/<slug:slug>/programme/<slug:name>/mark/", mine.mark, name="mark"),
    path("conference/<slug:slug>/programme/<slug:name>/materials/", materials.materials, name="materials"),
    path(
        "conference/<slug:slug>/programme/<slug:name>/materials/<slug:code>/remove/",
        materials.remove,
        name="remove_material",
    ),
    path("conference/<slug:slug>/mine/programme/", mine.programme, name="my_programme"),
    path("conference/<slug:slug>/mine/programme/calendar/", mine.calendar_key, name="my_calendar_key"),
    path("conference/<slug:slug>/mine/programme/<str:key>.ics", mine.calendar, name="my_calendar"),
    # the plan of the programme
    path("secretariat/conference/<slug:slug>/programme/", secretariat_programme.plan, name="plan"),
    path("secretariat/conference/<slug:slug>/programme/move/", secretariat_programme.move, name="move_session"),
    path("secretariat/conference/<slug:slug>/programme/rooms/new/", secretariat_programme.room, name="new_room"),
    path(
        "secretariat/conference/<slug:slug>/programme/rooms/<slug:key>/", secretariat_programme.room, name="plan_room"
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/sessions/new/",
        secretariat_programme.new_session,
        name="new_session",
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/sessions/<slug:name>/",
        secretariat_programme.session,
        name="plan_session",
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/sessions/<slug:name>/speakers/",
        secretariat_programme.speaker,
        name="name_speaker",
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/sessions/<slug:name>/speakers/<slug:code>/remove/",
        secretariat_programme.no_speaker,
        name="no_speaker",
    ),
    path(
        "secretariat/conference/<slug:slug>/programme/sessions/<slug:name>/drop/",
        secretariat_programme.drop,
        name="drop_session",
    ),
    # delegations
    path("conference/<slug:slug>/delegation/", delegations.own, name="own_delegations"),
    path("conference/<slug:slug>/delegation/<slug:city>/", delegations.delegation, name="delegation"),
    path("conference/<slug:slug>/delegation/<slug:city>/nominate/", delegations.nominate, name="nominate"),
    path("conference/<slug:slug>/delegation/<slug:city>/decline/", delegations.decline, name="decline"),
    path("conference/<slug:slug>/delegation/<slug:city>/<slug:code>/", delegations.delegate, name="delegate"),
    path(
        "conference/<slug:slug>/delegation/<slug:city>/<slug:code>/replace/",
        delegations.replace,
        name="replace_delegate",
    ),
    path(
        "conference/<slug:slug>/delegation/<slug:city>/<slug:code>/withdraw/",
        delegations.withdraw,
        name="withdraw_delegate",
    ),
    path("conference/<slug:slug>/delegation/<slug:city>/<slug:code>/accept/", delegations.accept, name="accept_place"),
    path("conference/<slug:slug>/delegation/<slug:city>/<slug:code>/needs/", delegations.needs, name="needs"),
    path(
        "conference/<slug:slug>/delegation/<slug:city>/<slug:code>/invite/", delegations.invite, name="invite_delegate"
    ),
    path("conference/<slug:slug>/participants/", participants.listed, name="participants"),
    path("conference/<slug:slug>/participants.<table:kind>", participants.listed_data, name="participants_data"),
    path("secretariat/conference/<slug:slug>/badges/", secretariat_badges.every, name="badges"),
    path("secretariat/conference/<slug:slug>/badges.pdf", secretariat_badges.file, name="badges_file"),
    path("secretariat/conference/<slug:slug>/badges/<slug:code>.pdf", secretariat_badges.one, name="badge"),
    path("secretariat/conference/<slug:slug>/badges/<slug:code>/", secretariat_badges.replace, name="replace_badge"),
    path("secretariat/conference/<slug:slug>/delegations/remind/", secretariat_badges.remind, name="remind"),
    path("conference/<slug:slug>/mine/entry/", saying.own, name="own_entry"),
    path(
        "secretariat/conference/<slug:slug>/delegations/",
        secretariat_delegations.registrations,
        name="registrations",
    ),
    path(
        "secretariat/conference/<slug:slug>/delegations.<table:kind>",
        secretariat_delegations.registrations_data,
        name="registrations_data",
    ),
    path(
        "secretariat/conference/<slug:slug>/delegations/<slug:city>/",
        secretariat_delegations.registration,
        name="registration",
    ),
    # the exchange fair
    path("conference/<slug:slug>/fair/", fair.fair, name="fair"),
    path("conference/<slug:slug>/fair/<slug:code>/", fair.booth, name="booth"),
    path("cities/<slug:city>/conference/<slug:slug>/booths/", fair_team.booths, name="booths"),
    path(
        "cities/<slug:city>/conference/<slug:slug>/booths/<slug:code>/withdraw/",
        fair_team.withdraw,
        name="withdraw_booth",
    ),
    path("secretariat/conference/<slug:slug>/fair/", fair_secretariat.lead, name="lead_fair"),
    path("secretariat/conference/<slug:slug>/fair/<slug:code>/", fair_secretariat.decide, name="decide_booth"),
    # meetings at the fair
    path("conference/<slug:slug>/meetings/<slug:city>/", meetings.meetings, name="meetings"),
    path("conference/<slug:slug>/meetings/<slug:city>.ics", meetings.calendar, name="meetings_calendar"),
    path("conference/<slug:slug>/meetings/<slug:city>/times/", meetings.times, name="meeting_times"),
    path("conference/<slug:slug>/meetings/<slug:city>/wishes/<int:pk>/", meetings.take_back, name="take_back_wish"),
    path("conference/<slug:slug>/meetings/<slug:city>/<slug:code>/", meetings.outcome, name="meeting_outcome"),
    path("secretariat/conference/<slug:slug>/meetings/", meetings_secretariat.lead, name="lead_meetings"),
    path("secretariat/conference/<slug:slug>/meetings/plan/", meetings_secretariat.propose, name="propose_timetable"),
    path("secretariat/conference/<slug:slug>/meetings/<int:pk>/", meetings_secretariat.decide, name="decide_timetable"),
    # doors
    path("conference/<slug:slug>/now/", now.now_and_next, name="now"),
    path("door/<slug:code>/", doors.door, name="door"),
    path("door/<slug:code>/worker.js", doors.worker, name="door_worker"),
    path("door/<slug:code>/manifest.webmanifest", doors.manifest, name="door_manifest"),
    path("door/<slug:code>/sync", doors.sync, name="door_sync"),
    path("door/<slug:code>/paper/", doors.paper, name="door_paper"),
    path("secretariat/conference/<slug:slug>/doors/", secretariat_doors.doors, name="doors"),
    path("secretariat/conference/<slug:slug>/doors/<int:pk>/", secretariat_doors.door, name="desk_door"),
    path("secretariat/conference/<slug:slug>/doors/board/", secretariat_doors.board, name="board"),
    path("secretariat/conference/<slug:slug>/doors/announcements/", secretariat_doors.tell, name="tell"),
    path(
        "secretariat/conference/<slug:slug>/doors/announcements/<int:pk>/end/",
        secretariat_doors.end,
        name="end_announcement",
    ),
]
