"""Units are found by any two neighbouring characters of their names and initials (sanwei/core/search/holds.py)."""

from django.db import migrations

INDEX = "CREATE INDEX units_unit_search_terms ON units_unit USING gin (core_grams(search_terms))"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(INDEX)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX units_unit_search_terms")


class Migration(migrations.Migration):
    dependencies = [("units", "0003_tallies"), ("core", "0003_search")]
    operations = [migrations.RunPython(make, unmake)]
