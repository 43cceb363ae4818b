"""Elements stand in the order of the published schema, and what it requires is there.

Source of the orders: "Project XML Data Interchange Schema Reference" (mspdi_pj12.xsd), pages "Project / Calendar / Task / Resource /
Assignment Elements and XML Structure" of Microsoft's office-developer-msproject-xml-docs. Three elements are younger than that
schema (Project 2010): Active and Manual behind Name, the Manual* dates behind Duration, IsBaselineCalendar behind IsBaseCalendar.
"""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from projects.importers import mspdi, mspdi_write
from tests.tpm.imports.conftest import SAMPLES

NS = "{http://schemas.microsoft.com/project}"
ORDERS = {
    "Project": """SaveVersion UID Name Title Subject Category Company Manager Author CreationDate Revision LastSaved ScheduleFromStart
        StartDate FinishDate FYStartDate CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode CurrencySymbolPosition
        CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth DefaultTaskType
        HonorConstraints EarnedValueMethod InsertedProjectsLikeSummary MultipleCriticalPaths NewTasksEffortDriven NewTasksEstimated
        SplitsInProgressTasks StatusDate CurrentDate Calendars Tasks Resources Assignments""",
    "Calendar": "UID Name IsBaseCalendar IsBaselineCalendar BaseCalendarUID WeekDays Exceptions WorkWeeks",
    "WeekDay": "DayType DayWorking TimePeriod WorkingTimes",
    "Exception": """EnteredByOccurrences TimePeriod Occurrences Name Type Period DaysOfWeek MonthItem MonthPosition Month MonthDay
        DayWorking WorkingTimes""",
    "Task": """UID ID Name Active Manual Type IsNull CreateDate Contact WBS WBSLevel OutlineNumber OutlineLevel Priority Start Finish
        Duration ManualStart ManualFinish ManualDuration DurationFormat Work Stop Resume ResumeValid EffortDriven Recurring
        OverAllocated Estimated Milestone Summary Critical IsSubproject IsSubprojectReadOnly SubprojectName ExternalTask
        ExternalTaskProject FixedCost FixedCostAccrual PercentComplete PercentWorkComplete Cost ActualStart ActualFinish
        ActualDuration ActualCost ActualWork RegularWork RemainingDuration RemainingCost RemainingWork ConstraintType CalendarUID
        ConstraintDate Deadline LevelAssignments LevelingCanSplit LevelingDelay LevelingDelayFormat IgnoreResourceCalendar Notes
        HideBar Rollup PhysicalPercentComplete EarnedValueMethod PredecessorLink ExtendedAttribute Baseline TimephasedData""",
    "PredecessorLink": "PredecessorUID Type CrossProject CrossProjectName LinkLag LagFormat",
    "Baseline": "TimephasedData Number Interim Start Finish Duration DurationFormat EstimatedDuration Work Cost BCWS BCWP FixedCost",
    "Resource": """UID ID Name Type IsNull Initials Phonetics NTAccount MaterialLabel Code Group WorkGroup EmailAddress Hyperlink MaxUnits
        PeakUnits OverAllocated StandardRate StandardRateFormat Cost OvertimeRate OvertimeRateFormat OvertimeCost CostPerUse
        CalendarUID Notes IsGeneric IsInactive IsEnterprise BookingType IsCostResource IsBudget AvailabilityPeriods Rates""",
    "AvailabilityPeriod": "AvailableFrom AvailableTo AvailableUnits",
    "Rate": "RatesFrom RatesTo RateTable StandardRate StandardRateFormat OvertimeRate OvertimeRateFormat CostPerUse",
    "Assignment": """UID TaskUID ResourceUID PercentWorkComplete ActualCost ActualFinish ActualStart ActualWork Confirmed Cost
        CostRateTable Delay Finish HasFixedRateUnits FixedMaterial LevelingDelay LevelingDelayFormat Milestone Notes RegularWork
        RemainingCost RemainingWork Start Stop Resume Units UpdateNeeded Work WorkContour BookingType ExtendedAttribute Baseline
        TimephasedData""",
    "TimephasedData": "Type UID Start Finish Unit Value",
}
REQUIRED = {
    "Task": {"UID"},
    "Resource": {"UID"},
    "Assignment": {"UID"},
    "Calendar": {"UID"},
    "Baseline": {"Number"},
}
FILES = sorted((SAMPLES / "mspdi-features").glob("*.xml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_element_stands_where_the_schema_wants_it(path: Path) -> None:
    with path.open("rb") as stream:
        plan = mspdi.read(stream, file=path.name)
    root = ElementTree.fromstring(b"".join(mspdi_write.pieces(plan)))
    seen = set()
    for element in root.iter():
        name = element.tag.removeprefix(NS)
        if name not in ORDERS or len(element) == 0:
            continue
        order = ORDERS[name].split()
        inside = [child.tag.removeprefix(NS) for child in element]
        assert set(inside) <= set(order), name
        assert [order.index(one) for one in inside] == sorted(order.index(one) for one in inside), name
        assert REQUIRED.get(name, set()) <= set(inside)
        assert all(inside.count(one) == 1 for one in ("UID", "Name", "Start") if one in inside), name
        seen.add(name)
    assert {"Project", "Calendar", "WeekDay", "Task"} <= seen
