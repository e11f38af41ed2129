from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('listings', '0002_dates_and_spots'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['changed_at', 'id'], name='listing_changes'),
        ),
    ]
