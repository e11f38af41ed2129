from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "sharingcity.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known: the rooms below ask these slots.
        from sharingcity.kernel.projections import PROJECTIONS, Projection
        from sharingcity.partners.models import Feed
        from sharingcity.partners.states import FEED

        PROJECTIONS.register("feed", Projection(FEED, Feed))
