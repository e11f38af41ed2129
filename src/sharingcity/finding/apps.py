from django.apps import AppConfig
from django.utils.translation import gettext_lazy

from sharingcity.ui.components import MenuEntry


class FindingConfig(AppConfig):
    name = "sharingcity.finding"
    label = "finding"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known: the rooms below ask these slots.
        from sharingcity.booking.queries.alternatives import NEARBY_FINDERS
        from sharingcity.directory.slots import ENTRY_CHANGED
        from sharingcity.finding import merging, notices, personal
        from sharingcity.finding.operations import index_entries, index_listings, index_made
        from sharingcity.finding.queries.nearby import free_nearby
        from sharingcity.finding.tasks import plan_taking_out, plan_taking_out_made
        from sharingcity.listings.slots import LISTING_CHANGED, LISTINGS_MADE
        from sharingcity.people.notice_kinds import register_notices
        from sharingcity.people.slots import ME_MENU

        LISTING_CHANGED.register("finding", index_listings)
        LISTING_CHANGED.register("finding.over", plan_taking_out)
        LISTINGS_MADE.register("finding", index_made)
        LISTINGS_MADE.register("finding.over", plan_taking_out_made)
        ENTRY_CHANGED.register("finding", index_entries)
        NEARBY_FINDERS.register("finding", free_nearby)
        personal.register()
        merging.register()
        register_notices(*notices.OWN_NOTICES)
        ME_MENU.register("favourites", MenuEntry(title=gettext_lazy("Favourites"), url_name="favourites", order=120))
        ME_MENU.register("searches", MenuEntry(title=gettext_lazy("Saved searches"), url_name="searches", order=130))
