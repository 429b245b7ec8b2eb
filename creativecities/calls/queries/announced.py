"""The designated cities of an announced call, and how many there are. Of those who applied nothing is told."""

from collections import Counter
from collections.abc import Sequence

from creativecities.calls import states
from creativecities.calls.models import Application, Call
from creativecities.core.templatetags.charts import Bar
from creativecities.core.templatetags.ui import field_glyph


def designated(call: Call) -> list[Application]:
    """By field and name. One statement."""
    found = Application.objects.filter(call=call, state=states.DESIGNATED, city__is_listed=True)
    found = found.select_related("city__country__region", "field")
    return list(found.order_by("field__position", "city__name", "pk"))


def counts(cities: Sequence[Application]) -> dict[str, list[Bar]]:
    """Designations by field and by region."""
    fields = Counter(each.field for each in cities)
    regions = Counter(each.city.country.region for each in cities if each.city)
    return {
        "by_field": [Bar(str(field.name), number, css=f"f-{field.pk}", glyph=field_glyph(field.pk))
                     for field, number in fields.most_common()],
        "by_region": [Bar(str(region.name), number) for region, number in regions.most_common()],
    }  # fmt: skip
