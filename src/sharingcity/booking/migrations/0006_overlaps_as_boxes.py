from django.db import migrations


def lay_again(apps, schema_editor):
    """The same two rules in the form that kernel.db.NoOverlap has now. SQLite's triggers have not changed."""
    if schema_editor.connection.vendor != "postgresql":
        return
    claim = apps.get_model("booking", "Claim")
    for constraint in claim._meta.constraints:
        if constraint.name in ("claim_use_no_overlap", "claim_use_block_apart"):
            schema_editor.execute(constraint.remove_sql(claim, schema_editor))
            schema_editor.execute(constraint.create_sql(claim, schema_editor))


class Migration(migrations.Migration):
    dependencies = [
        ("booking", "0005_claim_index"),
    ]

    operations = [migrations.RunPython(lay_again, migrations.RunPython.noop)]
