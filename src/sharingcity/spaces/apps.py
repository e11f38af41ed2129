from django.apps import AppConfig


class SpacesConfig(AppConfig):
    name = "sharingcity.spaces"
    label = "spaces"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known: the rooms below ask these slots.
        from sharingcity.kernel.projections import PROJECTIONS, Projection
        from sharingcity.people.notice_kinds import register_notices
        from sharingcity.spaces import notices, personal
        from sharingcity.spaces.models import Incident, Shift
        from sharingcity.spaces.states import INCIDENT, SHIFT
        from sharingcity.spaces.web import slots

        register_notices(*notices.KINDS)
        personal.register()
        PROJECTIONS.register("shift", Projection(SHIFT, Shift))
        PROJECTIONS.register("incident", Projection(INCIDENT, Incident))
        slots.register()
