from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "sharingcity.listings"
    label = "listings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known.
        from sharingcity.listings import merging, retiring, scopes

        scopes.register()
        merging.register()
        retiring.register()
