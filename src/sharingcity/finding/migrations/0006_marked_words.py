from django.db import migrations

from sharingcity.finding import listing_index


def lay_again(apps, schema_editor):
    """PostgreSQL's words bear the mark of where they stand. SQLite's index has not changed."""
    if schema_editor.connection.vendor == "postgresql":
        listing_index.lift(schema_editor)
        listing_index.lay(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("finding", "0005_listing_facts"),
    ]

    operations = [migrations.RunPython(lay_again, migrations.RunPython.noop)]
