"""Which elements of an MS Project XML file are imported, which are answers, which are house-keeping, and defaults.

* *Answers* (early and late dates, slack, variances, earned value, roll-ups of assignments) are computed again here.
* *House-keeping* (global identifiers, creation dates, display settings) carries no plan.
Everything in neither list, and not at its default, is a loss that the report names.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


TASK_READ = _names(
    """UID ID Name Active Manual Type IsNull Contact WBS OutlineLevel Priority Start Finish Duration ManualStart ManualFinish
    ManualDuration DurationFormat Work Stop Resume EffortDriven Recurring Estimated Milestone Summary IsSubproject
    SubprojectName ExternalTask ExternalTaskProject FixedCost PercentComplete Cost ActualStart ActualFinish ActualDuration
    ActualCost RemainingDuration RemainingCost ConstraintType ConstraintDate CalendarUID Deadline LevelingDelay
    LevelingDelayFormat IgnoreResourceCalendar PhysicalPercentComplete Notes PredecessorLink Baseline
    ExtendedAttribute OutlineCode"""
)
TASK_ANSWERS = _names(
    """EarlyStart EarlyFinish LateStart LateFinish StartVariance FinishVariance WorkVariance FreeSlack TotalSlack StartSlack
    FinishSlack DurationVariance CostVariance Critical OverAllocated PreLeveledStart PreLeveledFinish ResumeValid
    PercentWorkComplete ActualWork RemainingWork RegularWork OvertimeCost OvertimeWork ActualOvertimeCost
    ActualOvertimeWork RemainingOvertimeCost RemainingOvertimeWork ACWP CV BCWS BCWP SV VAC EAC OutlineNumber WBSLevel
    ActualWorkProtected ActualOvertimeWorkProtected Warning"""
)
TASK_HOUSEKEEPING = _names(
    """GUID CreateDate DisplayAsSummary FreeformDurationFormat IsSubprojectReadOnly HideBar Rollup IsPublished
    StatusManager CommitmentType CommitmentStart CommitmentFinish TimephasedData DisplayOnTimeline LevelAssignments
    LevelingCanSplit FixedCostAccrual EarnedValueMethod NotesHtml"""
)
TASK_KNOWN = TASK_READ | TASK_ANSWERS | TASK_HOUSEKEEPING
TASK_DEFAULTS: dict[str, str] = {}

RESOURCE_READ = _names(
    """UID ID Name Type IsNull Initials Group EmailAddress Code MaxUnits CalendarUID StandardRate StandardRateFormat
    OvertimeRate OvertimeRateFormat CostPerUse IsGeneric IsInactive IsCostResource Rates AvailabilityPeriods
    Notes ExtendedAttribute OutlineCode"""
)
RESOURCE_ANSWERS = _names(
    """PeakUnits OverAllocated Start Finish Work RegularWork OvertimeWork ActualWork RemainingWork ActualOvertimeWork
    RemainingOvertimeWork PercentWorkComplete Cost OvertimeCost ActualCost ActualOvertimeCost RemainingCost
    RemainingOvertimeCost WorkVariance CostVariance SV CV ACWP BCWS BCWP AvailableFrom AvailableTo
    ActualWorkProtected ActualOvertimeWorkProtected"""
)
RESOURCE_HOUSEKEEPING = _names(
    """GUID CreationDate WorkGroup CanLevel AccrueAt IsEnterprise BookingType ActiveDirectoryGUID TimephasedData
    IsBudget IsTeamAssignmentPool AssnOwner AssnOwnerGuid"""
)
RESOURCE_KNOWN = RESOURCE_READ | RESOURCE_ANSWERS | RESOURCE_HOUSEKEEPING
RESOURCE_DEFAULTS: dict[str, str] = {}

ASSIGNMENT_READ = _names(
    """UID TaskUID ResourceUID Units Work ActualWork RemainingWork Cost ActualCost Start Finish Delay WorkContour
    CostRateTable TimephasedData ExtendedAttribute"""
)
ASSIGNMENT_ANSWERS = _names(
    """PercentWorkComplete ACWP CV CostVariance FinishVariance StartVariance WorkVariance Milestone Overallocated
    OvertimeCost OvertimeWork RegularWork RemainingCost RemainingOvertimeCost RemainingOvertimeWork ActualOvertimeCost
    ActualOvertimeWork SV VAC BCWS BCWP PeakUnits ActualStart ActualFinish Stop Resume BudgetCost BudgetWork Summary
    ActualWorkProtected ActualOvertimeWorkProtected SVAC EAC"""
)
ASSIGNMENT_HOUSEKEEPING = _names(
    """GUID CreationDate HasFixedRateUnits FixedMaterial LevelingDelayFormat LinkedFields Confirmed ResponsePending
    UpdateNeeded BookingType RateScale AssnOwner AssnOwnerGuid"""
)
ASSIGNMENT_KNOWN = ASSIGNMENT_READ | ASSIGNMENT_ANSWERS | ASSIGNMENT_HOUSEKEEPING
ASSIGNMENT_DEFAULTS: dict[str, str] = {}

HEADER_READ = _names(
    """Name Title StartDate FinishDate StatusDate ScheduleFromStart HonorConstraints MultipleCriticalPaths CriticalSlackLimit
    MinutesPerDay MinutesPerWeek DaysPerMonth DefaultStartTime DefaultFinishTime CurrencyCode CurrencySymbol
    CurrencyDigits CalendarUID"""
)
HEADER_TEXTS = ("Subject", "Category", "Company", "Manager", "Author")
HEADER_HOUSEKEEPING = _names(
    """SaveVersion BuildNumber UID GUID CreationDate LastSaved Revision FYStartDate CurrencySymbolPosition DefaultTaskType
    DefaultFixedCostAccrual DefaultStandardRate DefaultOvertimeRate DurationFormat WorkFormat EditableActualCosts
    EarnedValueMethod InsertedProjectsLikeSummary NewTasksEffortDriven NewTasksEstimated SpreadActualCost
    SpreadPercentComplete TaskUpdatesResource FiscalYearStart WeekStartDay BaselineForEarnedValue
    AutoAddNewResourcesAndTasks CurrentDate MicrosoftProjectServerURL Autolink NewTaskStartDate NewTasksAreManual
    DefaultTaskEVMethod ProjectExternallyEdited ExtendedCreationDate ActualsInSync RemoveFileProperties AdminProject
    UpdateManuallyScheduledTasksWhenEditingLinks KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled BaselineCalendar
    DefaultTaskType SplitsInProgressTasks ProjectUID Views Filters Groups Tables Maps Reports Drawings DataLinks
    VBAProjects WBSMasks OutlineCodes ExtendedAttributes ShowProjectSummaryTask Template"""
)
MOVES = (
    "MoveCompletedEndsBack",
    "MoveRemainingStartsBack",
    "MoveRemainingStartsForward",
    "MoveCompletedEndsForward",
)
"""Options that make MS Project move started work around the status date: not followed, so reported when they are on."""
HEADER_KNOWN = HEADER_READ | frozenset(HEADER_TEXTS) | HEADER_HOUSEKEEPING | frozenset(MOVES)

INTEGERS = (-(2**31), 2**31 - 1)
RANGES: dict[str, tuple[int, int]] = {
    "Priority": (0, 1000),
    "Type": (0, 8),
    "CurrencyDigits": (0, 9),
    "CriticalSlackLimit": (-36_525, 36_525),
    "RateTable": (0, 4),
    "CostRateTable": (0, 4),
    "WorkContour": (0, 8),
    "StandardRateFormat": (1, 8),
    "OvertimeRateFormat": (1, 8),
}
"""What a whole number may be, where it is less than the 32 bits of ``INTEGERS``; else it counts as unreadable."""
NUMBERS = 1e9
"""Bound of every decimal number that is no amount."""

ELAPSED_FORMATS = frozenset({4, 6, 8, 10, 12, 20, 36, 38, 40, 42, 44, 52})
PERCENT_FORMATS = frozenset({19, 20, 51, 52})
LINK_KINDS = {0: 2, 1: 0, 2: 3, 3: 1}
"""The file's link type (0 FF, 1 FS, 2 SF, 3 SS) to ``LinkKind`` (FS 0, SS 1, FF 2, SF 3)."""
