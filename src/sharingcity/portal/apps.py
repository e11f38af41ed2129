from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "sharingcity.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # The tables are known only now, and the pages' modules read them.
        from sharingcity.portal import desk_menu, frame

        desk_menu.register()
        frame.register()
