"""What calls forget when somebody deletes their account."""

from django.apps import apps

from creativecities.accounts.models import Person
from creativecities.calls.actions import reviewers
from creativecities.core.action import step
from creativecities.core.actor import Actor


@step
def forget_person(person: Person, *, by: Actor) -> None:
    """Take their name from what they wrote, published, handed in and decided; that itself stays."""
    for model in apps.get_app_config("calls").get_models():
        if hasattr(model, "person_name"):
            model._default_manager.filter(person_id=person.pk).update(person_name="")
    reviewers.forget(person, by=by)
