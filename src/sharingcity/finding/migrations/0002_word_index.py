"""The engine's own index over the words of listings."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from sharingcity.finding import text_index


def lay(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    text_index.lay(schema_editor, text_index.LISTINGS)


def lift(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    text_index.lift(schema_editor, text_index.LISTINGS)


class Migration(migrations.Migration):
    dependencies = [("finding", "0001_initial")]

    operations = [migrations.RunPython(lay, lift)]
