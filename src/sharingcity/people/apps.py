"""The people room as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Accounts, roles, consents, identity claims, restrictions, notices, API tokens."""

    name = "sharingcity.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The tables are known only now.
        from sharingcity.kernel.projections import PROJECTIONS, Projection
        from sharingcity.people import menu, notice_texts, slots
        from sharingcity.people.channels import register_channels
        from sharingcity.people.models import Restriction
        from sharingcity.people.notice_kinds import register_notices
        from sharingcity.people.operations import leaving
        from sharingcity.people.states import RESTRICTION
        from sharingcity.ui import context

        PROJECTIONS.register("restriction", Projection(RESTRICTION, Restriction))
        register_channels()
        register_notices(*notice_texts.OWN_NOTICES)
        slots.PERSONAL_DATA.register(
            "people",
            slots.PersonalData(export=leaving.export_own, erase=leaving.erase_own, guard=leaving.check_may_leave),
        )
        for entry in menu.OWN_PAGES:
            slots.ME_MENU.register(entry.url_name, entry)
        context.PERSON.register("person", menu.person_menu)
