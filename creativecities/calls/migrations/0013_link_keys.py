"""A commission's link is found by its secret part alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("calls", "0012_comments")]

    operations = [
        migrations.AlterField(
            model_name="commissionlink",
            name="key_hash",
            field=models.CharField(
                help_text="SHA-256 of the secret part; the link itself is not kept.", max_length=64, unique=True
            ),
        ),
    ]
