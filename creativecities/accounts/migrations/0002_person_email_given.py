from typing import Any

from django.db import migrations, models
from django.db.models.functions import Concat


def close_what_has_no_address(apps: Any, schema_editor: Any) -> None:
    """An account without an address belongs to nobody: it gets a tombstone; open invitations to nobody are revoked."""
    address = Concat(
        models.Value("erased-"), models.F("pk"), models.Value("@erased.invalid"), output_field=models.EmailField()
    )
    apps.get_model("accounts", "Person").objects.filter(email="").update(email=address, is_active=False)
    apps.get_model("accounts", "Invitation").objects.filter(email="", state="sent").update(state="revoked")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunPython(close_what_has_no_address, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(condition=models.Q(("email", ""), _negated=True), name="person_email_given"),
        ),
    ]
