"""What is done when, by whom, and when it will really end."""

from projects.models.alignments import Alignment
from projects.models.assignments import Assignment
from projects.models.baselines import Baseline, BaselineTask
from projects.models.boards import BoardLimits
from projects.models.commitments import Commitment
from projects.models.dependencies import Dependency
from projects.models.gates import Gate, GateCriterion
from projects.models.imports import ImportRun
from projects.models.ledger import LedgerEntry, LedgerState
from projects.models.projects import Project
from projects.models.scenarios import Scenario, ScenarioEdit, ScenarioResult, ScenarioTask
from projects.models.schedules import Plan, TaskSchedule
from projects.models.tasks import GAP, Task

__all__ = [
    "GAP",
    "Alignment",
    "Assignment",
    "Baseline",
    "BaselineTask",
    "BoardLimits",
    "Commitment",
    "Dependency",
    "Gate",
    "GateCriterion",
    "ImportRun",
    "LedgerEntry",
    "LedgerState",
    "Plan",
    "Project",
    "Scenario",
    "ScenarioEdit",
    "ScenarioResult",
    "ScenarioTask",
    "Task",
    "TaskSchedule",
]
