"""Sets of the rows of lists and the words of their names, drawn up from the rows there are."""

import django.db.models.deletion
from django.db import migrations, models

from creativecities.network.compute import listing, rowsets

BATCH = 300


def draw_up(apps, schema_editor):
    Listing, RowSet, Word = (apps.get_model("network", name) for name in ("Listing", "RowSet", "Word"))
    rows = [row[2:] for row in sorted(Listing.objects.order_by().values_list("sort", "slug", *rowsets.COLUMNS))]
    sets = rowsets.of_rows(rows) if rows else {}
    RowSet.objects.bulk_create([RowSet(facet=f, value=v, bits=bits) for (f, v), bits in sets.items()], BATCH)
    # The words of countries stay with their cities until those are written anew: the same cities are found.
    words = {}
    for city, sort, search in Listing.objects.order_by().values_list("city_id", "sort", "search"):
        for word in search.split():
            key = (city, listing.as_bytes(word))
            words[key] = words.get(key, False) or sort.split(" ", 1)[0] == word
    Word.objects.bulk_create([Word(city_id=c, word=w, begins=begins) for (c, w), begins in words.items()], BATCH)


class Migration(migrations.Migration):
    dependencies = [("network", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="RowSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("facet", models.CharField(max_length=12)),
                ("value", models.CharField(blank=True, max_length=40)),
                ("bits", models.BinaryField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("facet", "value"), name="rowset_once")],
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.BinaryField()),
                (
                    "begins",
                    models.BooleanField(default=False, help_text="The name of the city, now or once, begins with it."),
                ),
                (
                    "city",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.city"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="network.country"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["word", "city", "country", "begins"], name="word_found")],
            },
        ),
        migrations.RunPython(draw_up, migrations.RunPython.noop),
    ]
