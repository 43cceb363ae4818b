"""Lines of the table of rights: gates, actions, figures of portfolios, calendars to subscribe to."""

from tests.access.table import OWN, SECRET, row

# Gates
row("projects:gate-list", "GET", "plan.read", at="program", see="program.read")
row("projects:gate-panel", "GET", "plan.read", at="program", see="program.read")
row("projects:gate-detail", "GET", "plan.read", at="gate")
for _method in ("GET", "POST"):
    row("projects:gate-create", _method, "gate.edit", at="program")
    row("projects:gate-edit", _method, "gate.edit", at="gate")
row("projects:gate-template", "POST", "gate.edit", at="program")
row("projects:gate-delete", "POST", "gate.edit", at="gate")
row("projects:gate-decide", "POST", "gate.decide", at="gate")
row("projects:gate-reopen", "POST", "gate.reopen", at="gate")
row("projects:criterion-create", "POST", "gate.edit", at="gate")
row("projects:criterion-settle", "POST", "gate.edit", at="criterion")
row("projects:criterion-delete", "POST", "gate.edit", at="criterion")
row("api:gate-list", "GET", "plan.read")
row("api:gate-item", "GET", "plan.read", at="gate")
row("api:gate-history", "GET", "plan.read", at="gate")
row("api:gate-decision", "POST", "gate.decide", at="gate")
row("api:gate-reopen", "POST", "gate.reopen", at="gate")
row("api:gate-criteria", "POST", "gate.edit", at="gate")
row("api:gate-criterion-list", "GET", "plan.read")
row("api:gate-criterion-item", "GET", "plan.read", at="criterion")
for _method in ("PATCH", "DELETE"):
    row("api:gate-item", _method, "gate.edit", at="gate")
    row("api:gate-criterion-item", _method, "gate.edit", at="criterion")
row("api:program-gates", "POST", "gate.edit", at="program")
row("api:gate-template", "POST", "gate.edit", at="program")

# Actions
row("programs:action-list", "GET", "action.read", at="program")
for _method in ("GET", "POST"):
    row("programs:action-create", _method, "action.edit", at="program")
    row("programs:action-edit", _method, "action.edit", at="action")
row("programs:action-drawer", "GET", "action.read", at="action")
row("programs:action-set", "POST", "action.edit", at="action", body={"field": "state", "value": "done"})
row("programs:action-delete", "POST", "action.edit", at="action")
row("programs:action-bulk", "POST", "action.edit", at="program")
row("programs:action-undo", "POST", "action.read", at={"pk": "program", "change_set": "actions_change"})
row("programs:action-panel", "GET", "plan.read", at={"pk": "task", "kind": "task_kind"})
row("api:action-list", "GET", "action.read")
row("api:action-item", "GET", "action.read", at="action")
for _method in ("PATCH", "DELETE"):
    row("api:action-item", _method, "action.edit", at="action")
row("api:program-actions", "POST", "action.edit", at="program")

# Figures of a portfolio
row("api:portfolio-figures", "GET", "program.read", at="portfolio")

# Calendars to subscribe to
for _method in ("GET", "POST"):
    row("feed-list", _method, OWN)
row("feed-revoke", "POST", OWN)
row("calendar-feed", "GET", SECRET, at={"secret": "feed_secret"})
