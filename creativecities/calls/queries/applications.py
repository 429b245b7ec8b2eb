"""A city's file as it stands: what it says, what it lacks, and which version of the call it answers."""

from collections.abc import Iterable
from typing import Any

from creativecities.calls import states
from creativecities.calls.compute import checking, checklist, files
from creativecities.calls.compute.definition import Definition, languages
from creativecities.calls.models import Answer, Application, Call, CallVersion, Document, Endorsement
from creativecities.calls.rules import applications as rules
from creativecities.core.words import in_language


def newest_version(application: Application) -> CallVersion:
    """The published version of the call that every draft answers."""
    found: CallVersion = application.call.versions.all()[0]
    return found


def definition_of(application: Application) -> Definition:
    """What the call asks now."""
    said: Definition = newest_version(application).definition
    return said


def version_of(application: Application) -> CallVersion:
    """The version a file answers: the newest; one that was returned, that of what was handed in."""
    if application.state != states.RETURNED:
        return newest_version(application)
    found: CallVersion = application.call.versions.get(number=handed_in(application)["call_version"])
    return found


def asked_of(application: Application) -> Definition:
    """What the call asks of a file: what was returned is completed as it was asked for, whatever changed since."""
    said: Definition = version_of(application).definition
    return said


def title_of(call: Call, reader: str) -> str:
    """What the call is named, in the reader's language where it is written."""
    said: Definition = call.versions.all()[0].definition
    return in_language(said["about"]["title"], reader, languages(said))[0] or call.slug


def facts_of(application: Application) -> dict[str, Any]:
    """What the file says of the city, as JSON."""
    keys = {"country": application.country_id, "field": application.field_id}
    return {name: keys[name] if name in keys else getattr(application, name) for name in Application.FACTS}


def content_of(application: Application, version: CallVersion | None = None) -> files.Content:
    """The whole file as it is now. Two statements; more to find the version of the call it answers."""
    papers = application.documents.select_related("file")
    answered = version or version_of(application)
    return put_together(answered.number, application, application.answers.all(), papers)


def put_together(
    version: int, application: Application, answers: Iterable[Answer], papers: Iterable[Document]
) -> files.Content:
    """A whole file of what was read of it, with the version of the call it answers."""
    added = [
        {
            "document": each.document, "number": each.number, "file": each.file_id, "name": each.file.name,
            "size": each.file.size, "digest": each.file.digest, "pages": each.pages,
        }
        for each in papers
    ]  # fmt: skip
    return files.content(version, facts_of(application), answers, added)


def handed_in(application: Application) -> files.Content:
    """What the city handed in last: this is what is checked and judged."""
    last = application.submissions.all()[0]
    said: files.Content = last.content
    return said


def endorsement_of(application: Application) -> Endorsement | None:
    """The word of the National Commission, if it has given one."""
    return Endorsement.objects.filter(application=application).first()


def is_endorsed(application: Application) -> bool:
    """Whether the endorsement of the National Commission stands."""
    return Endorsement.objects.filter(application=application, state=states.ENDORSED).exists()


def lacks_of(
    application: Application, content: files.Content | None = None, definition: Definition | None = None
) -> list[checklist.Lack]:
    """What keeps the file from being handed in; of one that was returned, only what was opened again counts."""
    asked = definition or asked_of(application)
    found = checklist.lacks(asked, content or content_of(application), is_endorsed=is_endorsed(application))
    if application.state != states.RETURNED:
        return found
    waits = rules.open_completion(application)
    items = waits.items if waits else []
    return [each for each in found if any(rules.covers(items, place) for place in checking.opened(asked, [each.place]))]
