from django.db import migrations

from sharingcity.finding import listing_index


def lay_again(apps, schema_editor):
    """SQLite's index keeps no positions and no lengths any more. PostgreSQL's has not changed."""
    if schema_editor.connection.vendor == "sqlite":
        listing_index.lift(schema_editor)
        listing_index.lay(schema_editor)


class Migration(migrations.Migration):

    dependencies = [
        ("finding", "0008_facts_near"),
    ]

    operations = [migrations.RunPython(lay_again, migrations.RunPython.noop)]
