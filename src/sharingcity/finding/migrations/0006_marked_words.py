from django.db import migrations

# What PostgreSQL kept until 0010: frozen here, because `listing_index` has gone on since.
COLUMNS = (("title", "<"), ("place", "-"), ("body", ""), ("facets", "="))
MARKED = " || ' ' || ".join(f"'{mark}' || replace({column}, ' ', ' {mark}')" for column, mark in COLUMNS)
VECTOR = f"array_to_tsvector(array_remove(string_to_array({MARKED}, ' '), ''))"
LAY_AGAIN = [
    "ALTER TABLE finding_listingwords DROP COLUMN words",
    f"ALTER TABLE finding_listingwords ADD COLUMN words tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    "ALTER TABLE finding_listingwords ALTER COLUMN words SET STATISTICS 1000",
    "CREATE INDEX finding_listing_index ON finding_listingwords USING gin (words)",
]


def lay_again(apps, schema_editor):
    """PostgreSQL's words bear the mark of where they stand. SQLite's index has not changed."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in LAY_AGAIN:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("finding", "0005_listing_facts"),
    ]

    operations = [migrations.RunPython(lay_again, migrations.RunPython.noop)]
