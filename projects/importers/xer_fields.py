"""Which tables and columns of an XER file are imported, which hold nothing of a plan, and its codes."""

from __future__ import annotations

from projects.importers.plan import Constraint, LinkKind, ResourceKind


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


READ = {
    "CURRTYPE": _names("curr_short_name curr_symbol decimal_digit_cnt base_exch_rate"),
    "PROJECT": _names(
        """proj_id proj_short_name name_sep_char orig_proj_id sum_base_proj_id clndr_id critical_drtn_hr_cnt
        critical_path_type last_recalc_date plan_start_date plan_end_date scd_end_date export_flag"""
    ),
    "CALENDAR": _names(
        "clndr_id default_flag clndr_name base_clndr_id clndr_type day_hr_cnt week_hr_cnt month_hr_cnt clndr_data"
    ),
    "SCHEDOPTIONS": _names(
        """proj_id sched_open_critical_flag sched_lag_early_start_flag sched_retained_logic sched_progress_override
        sched_float_type sched_calendar_on_relationship_lag
        sched_use_project_end_date_for_float"""
    ),
    "PROJWBS": _names(
        "wbs_id proj_id parent_wbs_id seq_num proj_node_flag wbs_short_name wbs_name anticip_start_date anticip_end_date"
    ),
    "TASK": _names(
        """task_id proj_id wbs_id clndr_id phys_complete_pct complete_pct_type task_type status_code task_code task_name
        remain_drtn_hr_cnt target_drtn_hr_cnt cstr_date cstr_type cstr_date2 cstr_type2 act_start_date act_end_date
        expect_end_date early_start_date early_end_date target_start_date target_end_date priority_type suspend_date
        resume_date external_early_start_date external_late_end_date"""
    ),
    "TASKPRED": _names("task_id pred_task_id pred_type lag_hr_cnt"),
    "RSRC": _names(
        "rsrc_id parent_rsrc_id clndr_id rsrc_name rsrc_short_name rsrc_type email_addr employee_code active_flag rsrc_notes"
    ),
    "RSRCRATE": _names(
        "rsrc_id max_qty_per_hr start_date cost_per_qty cost_per_qty2 cost_per_qty3 cost_per_qty4 cost_per_qty5"
    ),
    "TASKRSRC": _names(
        """taskrsrc_id task_id rsrc_id target_qty_per_hr remain_qty_per_hr target_qty act_reg_qty act_ot_qty remain_qty
        target_cost act_reg_cost act_ot_cost remain_cost target_lag_drtn_hr_cnt curv_id act_start_date act_end_date
        restart_date reend_date target_start_date target_end_date"""
    ),
    "PROJCOST": _names("task_id target_cost act_cost remain_cost"),
    "MEMOTYPE": _names("memo_type_id memo_type"),
    "TASKMEMO": _names("task_id memo_type_id task_memo"),
}

SILENT = _names(
    """ACCOUNT ACTVCODE ACTVTYPE CALENDARNONWORK COSTTYPE FINDATES FINTMPL MEMOTYPE NONWORK OBS PCATTYPE PCATVAL PHASE
    POBS RCATTYPE RCATVAL ROLES ROLERATE RSRCCURV RSRCCURVDATA RSRCLEVELLIST SHIFT SHIFTPER UDFTYPE UMEASURE LOCATION
    FUNDSRC ROLELIMIT"""
)
"""Tables of definitions: what refers to them is reported where it has no place here."""

REASONS = {
    "TASKACTV": "activity codes are not imported",
    "UDFVALUE": "values of custom fields are not imported",
    "TASKPROC": "steps of activities are not imported",
    "TRSRCFIN": "spending by financial period is not imported",
    "TASKFIN": "progress by financial period is not imported",
    "WBSMEMO": "notes of the work breakdown structure are not imported",
    "WBSSTEP": "milestones of the work breakdown structure are not imported",
    "PROJPCAT": "project codes are not imported",
    "RSRCRCAT": "resource codes are not imported",
    "TASKUSER": "custom values of activities are not imported",
    "TASKDOC": "documents are not imported",
    "PROJFUND": "funding is not imported",
    "PROJISSU": "issues are not imported",
    "RSRCROLE": "roles of resources are not imported",
}

TASK, RESOURCE_DEPENDENT, EFFORT, WBS_SUMMARY = "TT_Task", "TT_Rsrc", "TT_LOE", "TT_WBS"
MILESTONES = ("TT_Mile", "TT_FinMile")
TYPES = frozenset({TASK, RESOURCE_DEPENDENT, EFFORT, WBS_SUMMARY, *MILESTONES})

CONSTRAINTS = {
    "CS_ALAP": Constraint.ALAP,
    "CS_MSO": Constraint.MSO,
    "CS_MEO": Constraint.MFO,
    "CS_MSOA": Constraint.SNET,
    "CS_MSOB": Constraint.SNLT,
    "CS_MEOA": Constraint.FNET,
    "CS_MEOB": Constraint.FNLT,
    "CS_MANDSTART": Constraint.MSO,
    "CS_MANDFIN": Constraint.MFO,
}
"""Start on, finish on, start and finish on or after (``A``), on or before (``B``), mandatory start and finish."""
MANDATORY = ("CS_MANDSTART", "CS_MANDFIN")

LINKS = {"PR_FS": LinkKind.FS, "PR_SS": LinkKind.SS, "PR_FF": LinkKind.FF, "PR_SF": LinkKind.SF}
RESOURCES = {"RT_Labor": ResourceKind.WORK, "RT_Equip": ResourceKind.WORK, "RT_Mat": ResourceKind.MATERIAL}
PRIORITIES = {"PT_Top": 900, "PT_High": 700, "PT_Normal": 500, "PT_Low": 300, "PT_Lowest": 100}
