"""Which files a reviewer sees: those assigned, once they have declared, without those in conflict."""

from typing import Any

import pytest

from creativecities.accounts.models import Person
from creativecities.accounts.tests import people
from creativecities.calls import states
from creativecities.calls.models import Application, Assignment, Conflict
from creativecities.calls.tests import kit

pytestmark = pytest.mark.django_db


def test_a_file_is_there_for_who_reads_it_until_a_conflict_is_known_or_they_leave(officer: Person):
    file = kit.eligible(kit.published(officer), people.person("Rui Exemplo"))
    ana = kit.reviewer(file.call)
    assignment = kit.assigned(ana, file)

    def sees() -> Any:
        own = Assignment.objects.visible_to_reviewer(ana.person).filter(pk=assignment.pk).exists()
        assert Application.objects.visible_to(ana.person).filter(pk=file.pk).exists() == own
        return own

    assert sees()
    conflict = Conflict.objects.create(reviewer=ana, application=file, kind=Conflict.Kind.PERSONAL)
    assert not sees()
    conflict.delete()
    for facts in ({"declared_at": None}, {"state": states.LEFT}):
        before = {name: getattr(ana, name) for name in facts}
        type(ana).objects.filter(pk=ana.pk).update(**facts)
        assert not sees()
        type(ana).objects.filter(pk=ana.pk).update(**before)
    assert sees()
