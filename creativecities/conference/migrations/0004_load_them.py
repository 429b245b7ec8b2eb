"""The file of editions lay beside the others before anybody read it: let the reference data be loaded once more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("conference", "0003_outcomes"), ("core", "0002_clock_and_stamp")]

    operations = [
        migrations.RunSQL("DELETE FROM core_stamp WHERE name = 'reference-data'", migrations.RunSQL.noop),
    ]
