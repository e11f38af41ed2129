from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "sharingcity.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known.
        from sharingcity.directory import personal, scopes

        personal.register()
        scopes.register()
