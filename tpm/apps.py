"""The project's own app: jobs, management commands and system checks of the roof."""

from django.apps import AppConfig


class TpmConfig(AppConfig):
    name = "tpm"
    label = "tpm"

    def ready(self) -> None:
        from programs.selectors import overviews
        from projects.selectors import outlooks
        from projects.services import ledger, scenarios
        from tpm import checks, reporting, subscriptions  # noqa: F401 - registers checks and report sections
        from tpm.activity import writing
        from tpm.collaboration import subjects
        from tpm.web import saved_pages, topics

        if subscriptions.react not in writing.listeners:
            writing.listeners.append(subscriptions.react)
        if subscriptions.wake_scenario not in scenarios.wakers:
            scenarios.wakers.append(subscriptions.wake_scenario)
        if subscriptions.results_posted not in ledger.posted:
            ledger.posted.append(subscriptions.results_posted)
        subjects.register()
        if outlooks.for_programs not in overviews.outlooks:
            overviews.outlooks.append(outlooks.for_programs)
        topics.register()
        saved_pages.register()
