from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "sharingcity.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known: the rooms below ask these slots.
        from sharingcity.kernel.projections import PROJECTIONS, Projection
        from sharingcity.listings.live import LIVE_FIGURES
        from sharingcity.partners import merging, notices, retiring
        from sharingcity.partners.models import Feed, Webhook
        from sharingcity.partners.queries.live import figures_of
        from sharingcity.partners.states import FEED, WEBHOOK
        from sharingcity.people.notice_kinds import register_notices

        PROJECTIONS.register("feed", Projection(FEED, Feed))
        PROJECTIONS.register("webhook", Projection(WEBHOOK, Webhook))
        register_notices(*notices.KINDS)
        merging.register()
        retiring.register()
        LIVE_FIGURES.register("partners", figures_of)
