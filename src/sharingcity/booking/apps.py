from django.apps import AppConfig


class BookingConfig(AppConfig):
    name = "sharingcity.booking"
    label = "booking"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known: the rooms below ask these slots.
        from sharingcity.booking import merging, notices, personal, retiring
        from sharingcity.booking.models import Clash, Reservation
        from sharingcity.booking.queries.notified import codes_within
        from sharingcity.booking.states import CLASH, WORKFLOW
        from sharingcity.kernel.projections import PROJECTIONS, Projection
        from sharingcity.people.notice_kinds import register_notices
        from sharingcity.people.slots import NOTICES_WITHIN

        register_notices(*notices.KINDS)
        personal.register()
        merging.register()
        retiring.register()
        NOTICES_WITHIN.register("booking", codes_within)
        PROJECTIONS.register("reservation", Projection(WORKFLOW, Reservation))
        PROJECTIONS.register("clash", Projection(CLASH, Clash))
