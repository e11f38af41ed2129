from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "sharingcity.directory"
    label = "directory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        # Registered when the tables are known.
        from sharingcity.directory import models, notices, personal, reporting, scopes, states
        from sharingcity.kernel.projections import PROJECTIONS, Projection
        from sharingcity.people.notice_kinds import register_notices

        personal.register()
        scopes.register()
        reporting.register()
        register_notices(*notices.KINDS)
        PROJECTIONS.register("entry_claim", Projection(states.CLAIM, models.EntryClaim))
        PROJECTIONS.register("invitation", Projection(states.INVITATION, models.Invitation))
        PROJECTIONS.register("entry_version", Projection(states.VERSION, models.EntryVersion))
        PROJECTIONS.register("confirmation", Projection(states.CONFIRMATION, models.Confirmation))
        PROJECTIONS.register("error_report", Projection(states.REPORT, models.ErrorReport))
        PROJECTIONS.register("likeness", Projection(states.LIKENESS, models.Likeness))
        PROJECTIONS.register("retirement", Projection(states.RETIREMENT, models.Retirement))
        PROJECTIONS.register("suggestion", Projection(states.SUGGESTION, models.Suggestion))
