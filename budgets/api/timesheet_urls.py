"""Addresses of timesheets, below /api/v1/."""

from django.urls import path

from budgets.api import timesheets

urlpatterns = [
    path("timesheets/", timesheets.TimesheetList.as_view(), name="timesheet-list"),
    path("timesheets/<int:pk>/", timesheets.TimesheetItem.as_view(), name="timesheet-item"),
    path("timesheets/<int:pk>/submit/", timesheets.TimesheetSubmit.as_view(), name="timesheet-submit"),
    path("timesheets/<int:pk>/withdraw/", timesheets.TimesheetWithdraw.as_view(), name="timesheet-withdraw"),
    path("timesheets/<int:pk>/approve/", timesheets.TimesheetApprove.as_view(), name="timesheet-approve"),
    path("timesheets/<int:pk>/return/", timesheets.TimesheetReturn.as_view(), name="timesheet-return"),
    path("timesheets/<int:pk>/reopen/", timesheets.TimesheetReopen.as_view(), name="timesheet-reopen"),
    path("time-entries/", timesheets.TimeEntries.as_view(), name="time-entries"),
    path(
        "programs/<int:pk>/time-imports/", timesheets.ProgramTimeImport.as_view(), name="program-time-imports"
    ),
]
