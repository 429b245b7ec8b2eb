"""An initiative put into another language by a person."""

from django.utils.translation import gettext_lazy as _

from creativecities.accounts.models import Person
from creativecities.core.action import action, record, step
from creativecities.core.models import Event
from creativecities.core.refusal import Refusal
from creativecities.exchange import rules
from creativecities.exchange.compute import translating
from creativecities.exchange.compute.words import searchable
from creativecities.exchange.models import Initiative, Translation
from creativecities.exchange.queries import translations as queries
from creativecities.network import rules as network
from creativecities.network.actions.cities import Conflict


@action
def translate(one: Initiative, language: str, *, values: dict[str, str], opened: int, by: Person) -> Event:
    """Make a new version in a language on top of version `opened` of it; 0 is before there was any.

    Raises Conflict when a newer version is there, Refusal for the original's own language and when nothing differs.
    """
    if refusal := rules.edit(by, one):
        raise refusal
    one = Initiative.objects.select_for_update().get(pk=one.pk)  # two who translate at once, or one who edits
    if language not in dict(queries.languages(one)):
        raise Refusal(_("The original is written in this language."), code="own-language")
    held = one.translations.filter(language=language, is_current=True).first()
    newest = held.number if held else 0
    if refusal := network.build_on_version(opened, newest=newest, fewest=0):
        raise refusal
    if held and newest > opened:
        raise Conflict(by_name=held.person_name, at=held.at, opened={}, theirs=queries.written(held))
    source = translating.mark(queries.words_of(one))
    if held and held.source == source and queries.written(held) == values:
        raise Refusal(network.UNCHANGED, code="unchanged")
    one.translations.filter(language=language, is_current=True).update(is_current=False)
    Translation.objects.create(
        initiative=one, language=language, number=newest + 1, title=values["title"], summary=values["summary"],
        story={name: values[name] for name in translating.BLOCKS if values.get(name)}, source=source,
        person_id=by.pk, person_name=by.name,
    )  # fmt: skip
    find_in_all_languages(one)
    return record("exchange.initiative.translated", one, by=by, language=language, number=newest + 1)


@step
def find_in_all_languages(one: Initiative) -> None:
    """The list of initiatives is searched in the words of the original and of its translations."""
    folded = "".join(searchable(title, summary) for title, summary in queries.words_in_all(one))
    Initiative.objects.filter(pk=one.pk).update(search=folded)
