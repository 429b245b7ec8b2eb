"""A stored file has an address that tells nothing, in place of its number."""

from typing import Any

from django.db import migrations, models

from creativecities.core.models import new_code


def give_codes(apps: Any, _editor: Any) -> None:
    """To those that are there."""
    files = apps.get_model("core", "StoredFile").objects
    rows = list(files.only("pk"))
    for each in rows:
        each.code = new_code()
    files.bulk_update(rows, ["code"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("core", "0005_bookmarks")]

    operations = [
        migrations.AddField("storedfile", "code", models.CharField(max_length=12, null=True)),
        migrations.RunPython(give_codes, migrations.RunPython.noop),
        migrations.AlterField(
            "storedfile",
            "code",
            models.CharField(default=new_code, help_text="Its address; tells nothing.", max_length=12, unique=True),
        ),
    ]
