"""What calls forget when somebody deletes their account."""

from creativecities.accounts.models import Person
from creativecities.calls.models import CallVersion, Extension
from creativecities.core.action import step
from creativecities.core.actor import Actor


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Take their name from the calls they published and extended."""
    CallVersion.objects.filter(person_id=person.pk).update(person_name="")
    Extension.objects.filter(person_id=person.pk).update(person_name="")
