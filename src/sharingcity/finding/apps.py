from django.apps import AppConfig


class FindingConfig(AppConfig):
    name = "sharingcity.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known: the rooms below ask these slots.
        from sharingcity.booking.queries.alternatives import NEARBY_FINDERS
        from sharingcity.finding.operations import index_listings
        from sharingcity.finding.queries.nearby import free_nearby
        from sharingcity.listings.slots import LISTING_CHANGED

        LISTING_CHANGED.register("finding", index_listings)
        NEARBY_FINDERS.register("finding", free_nearby)
