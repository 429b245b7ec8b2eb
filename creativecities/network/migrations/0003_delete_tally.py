"""Counts are read off the sets of rows (0002)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("network", "0002_row_sets")]

    operations = [migrations.DeleteModel("Tally")]
