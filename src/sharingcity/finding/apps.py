from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "sharingcity.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"
