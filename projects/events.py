"""What happens in this app, in the past tense. ``tpm/subscriptions.py`` says who reacts."""

PLAN_CHANGED = "projects.plan.changed"
PROGRESS_UPDATED = "projects.progress.updated"
BASELINE_TAKEN = "projects.baseline.taken"
PLAN_IMPORTED = "projects.plan.imported"
CHANGE_REVERTED = "projects.change.reverted"
BOUNDARY_MOVED = "projects.boundary.moved"
SCENARIO_CHANGED = "projects.scenario.changed"
