from django.db import migrations

LEAN = [
    "ALTER TABLE finding_listingwords ALTER COLUMN words DROP EXPRESSION IF EXISTS",
    "ALTER TABLE finding_listingwords ALTER COLUMN words SET DEFAULT ''",
    "ALTER TABLE finding_listingwords ALTER COLUMN words SET NOT NULL",
    *(f"ALTER TABLE finding_listingwords DROP COLUMN {name}" for name in ("title", "place", "body", "facets")),
]


def lean(apps, schema_editor):
    """PostgreSQL keeps the marked words alone, as they are; SQLite the texts that its index is made of."""
    if schema_editor.connection.vendor == "postgresql":
        for statement in LEAN:
            schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("finding", "0009_leaner_word_index"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunPython(lean)],
            state_operations=[
                migrations.RemoveField(model_name="listingwords", name=name)
                for name in ("title", "place", "body", "facets")
            ],
        ),
    ]
