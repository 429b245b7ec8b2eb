"""What the parts of an edition and their attributes are called, on forms and where two wordings are compared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "about": _("About the edition"),
    "when": _("Days and registration"),
    "work": _("Languages and retention"),
    "delegations": _("Delegations and quotas"),
    "hosting": _("Bids and the vote on them"),
    "letter": _("Wording of the invitation letter"),
    "places": _("Places"),
    "form": _("Fields of the registration form"),
    "criteria": _("Criteria of bids"),
    "survey": _("Questions of the survey"),
    "cases": _("Call for cases"),
    "questions": _("Questions to a case"),
    "rubric": _("Criteria by which cases are read"),
}
LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "theme": _("Theme"),
    "summary": _("Summary"),
    "practical": _("Practical information"),
    "number": _("Number of the edition"),
    "year": _("Year"),
    "starts_on": _("First day"),
    "last_day": _("Last day"),
    "zone": _("Time zone"),
    "opens_at": _("Registration opens"),
    "nominate_by": _("Cities nominate until"),
    "confirm_by": _("Cities confirm by name until"),
    "reason": _("Reason"),
    "languages": _("Languages"),
    "forget_after_days": _("Days after which needs of delegates are deleted"),
    "most": _("Delegates of a city, at most"),
    "seats": _("Delegates of all cities, at most"),
    "answer_hours": _("Hours to answer an offered place"),
    "bids_until": _("Cities bid until"),
    "method": _("How is voted"),
    "quorum": _("Member cities that must vote, of a hundred"),
    "tie": _("A tie is settled by"),
    "bidders_vote": _("Cities that bid vote too"),
    "asked": _("What is asked of cities"),
    "cases_from": _("Cities propose cases from"),
    "cases_until": _("Cities propose cases until"),
    "most_cases": _("Cases of a city, at most"),
    "case_languages": _("Languages of cases"),
    "by_country": _("Nobody reads a case of their own country"),
    "wording": _("Wording"),
    "signed_by": _("Signed by"),
    "name": _("Name"),
    "address": _("Address"),
    "label": _("Question"),
    "guidance": _("Guidance"),
    "kind": _("Kind of answer"),
    "is_required": _("Must be answered"),
    "roles": _("Who is asked"),
    "options": _("What can be chosen"),
    "keep_days": _("Days for which it is kept after the edition"),
}
KINDS: dict[str, str | Promise] = {
    "line": _("a line"),
    "text": _("a text"),
    "number": _("a number"),
    "yes-no": _("yes or no"),
    "link": _("a link"),
}
ASKED: dict[str, str | Promise] = {
    "scale": _("a mark from 1 to 5"),
    "choice": _("one of several"),
    "choices": _("any of several"),
    "yes-no": _("yes or no"),
    "text": _("a text"),
}
METHODS: dict[str, str | Promise] = {
    "plurality": _("one bid is named; the most votes win"),
    "approval": _("every bid one agrees with is named; the most votes win"),
    "ranking": _("bids are put in an order; the last is put out until one has the majority"),
}
TIES: dict[str, str | Promise] = {
    "run-off": _("another round of voting on the tied bids"),
    "lot": _("a lot, drawn from a number that was fixed before the vote"),
    "head": _("the head of the network, with a reason"),
}
CONFLICTS: dict[str, str | Promise] = {
    "city": _("speaks or spoke for the city that proposes it"),
    "partner": _("speaks or spoke for a city that takes part in the initiative"),
    "country": _("is of the country of the city that proposes it"),
    "language": _("does not read its language"),
    "given-back": _("gave it back, or it was taken away"),
}
"""Why somebody is not given a case to read."""
