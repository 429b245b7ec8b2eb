"""What readers of the programme read for kinds, audiences, fields and languages. Kept until the next write."""

from django.utils.translation import get_language

from creativecities.conference.compute.listing import Labels
from creativecities.conference.models import Session
from creativecities.core import freshness, language
from creativecities.network.compute.languages import language_name
from creativecities.network.models import CreativeField


def labels() -> Labels:
    """In the reader's language. At most one statement."""
    return _labels(get_language() or "en")


@freshness.kept(maxsize=6)
def _labels(reader: str) -> Labels:
    fields = CreativeField.objects.values_list("pk", f"name_{language.short(reader)}", "name_en")
    return Labels(
        reader=reader,
        kinds={kind.value: str(kind.label) for kind in Session.Kind},
        admits={each.value: str(each.label) for each in Session.Admits},
        fields={pk: name or english for pk, name, english in fields},
        language=lambda code: language_name(code, reader),
    )
