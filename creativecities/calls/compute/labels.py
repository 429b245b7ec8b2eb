"""What the parts of a call and their attributes are called, on forms and where two versions are compared."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, str | Promise] = {
    "about": _("About the call"),
    "dates": _("Dates"),
    "rules": _("Who may apply"),
    "evaluation": _("Evaluation"),
    "sections": _("Sections of the form"),
    "questions": _("Questions"),
    "documents": _("Documents"),
    "criteria": _("Criteria"),
    "answers": _("Questions and answers"),
}
LABELS: dict[str, str | Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "guidance": _("Guidance"),
    "zone": _("Time zone"),
    "opens_at": _("Opens"),
    "commissions_by": _("Endorsement by National Commissions until"),
    "closes_at": _("Deadline for cities"),
    "checked_by": _("Check until"),
    "evaluated_by": _("Evaluation until"),
    "announced_at": _("Announcement"),
    "languages": _("Languages of the answers"),
    "fields": _("Creative fields"),
    "endorsements_per_country": _("Endorsements per country, at most"),
    "distinct_fields": _("In different fields"),
    "population_floor": _("Inhabitants, at least"),
    "cooldown_calls": _("Calls to wait after a refusal"),
    "members_may_apply": _("Member cities may apply"),
    "regions": _("Under-represented regions"),
    "most_links": _("Links, at most"),
    "keep_months": _("Months for which files are kept"),
    "is_personal": _("Asks for people"),
    "scale": _("Points a criterion has, at most"),
    "expert_reviews": _("Reviews by experts"),
    "member_city_reviews": _("Reviews by member cities"),
    "quorum": _("Reviews needed for a decision"),
    "disagreement": _("Points apart that count as disagreement"),
    "conflict_years": _("Years for which a shared initiative is a conflict"),
    "feedback": _("Who is told what reviewers wrote"),
    "label": _("Heading"),
    "section": _("Section"),
    "block": _("Part of the block"),
    "kind": _("Kind of answer"),
    "words": _("Words, at most"),
    "is_required": _("Must be answered"),
    "options": _("To choose from"),
    "most": _("How many, at most"),
    "count": _("How many"),
    "formats": _("Formats"),
    "megabytes": _("Megabytes each, at most"),
    "pages": _("Pages, at most"),
    "goes_with": _("One for each of"),
    "by": _("Added by"),
    "weight": _("Weight"),
    "anchors": _("What the points mean"),
    "groups": _("Who judges it"),
    "question": _("Question"),
    "answer": _("Answer"),
    "source": _("Source"),
}
KINDS: dict[str, str | Promise] = {
    "line": _("a line"),
    "text": _("a text"),
    "number": _("a number"),
    "yes-no": _("yes or no"),
    "choice": _("one of several"),
    "choices": _("some of several"),
    "link": _("a web address"),
    "block": _("a block that repeats"),
}
GROUPS: dict[str, str | Promise] = {"expert": _("Experts"), "member-city": _("Member cities")}
FEEDBACK: dict[str, str | Promise] = {
    "all": _("every city"),
    "not-designated": _("cities that are not designated"),
    "none": _("nobody"),
}
ADDED_BY: dict[str, str | Promise] = {"city": _("the city"), "commission": _("the National Commission")}
FORMATS = {"pdf": "PDF", "jpeg": "JPEG", "png": "PNG", "docx": "Word"}
FACTS = {
    "city_name": _("City"),
    "local_name": _("Name in the city’s own language"),
    "country": _("Country"),
    "field": _("Creative field"),
    "language": _("Language of the answers"),
    "population": _("Inhabitants"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
}
