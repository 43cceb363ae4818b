"""Lines of the table of rights: comments, histories, watches, notifications. The task stands for every kind of thing."""

from tests.access.table import AUTHOR, OWN, row

_TASK = {"pk": "task", "kind": "task_kind"}
for _name in ("item", "talk", "talk-list", "people"):
    row(f"collaboration:{_name}", "GET", "plan.read", at=_TASK)
row("collaboration:export", "GET", "plan.read", at={**_TASK, "file_kind": "file_kind"})
row("collaboration:comment", "POST", "comment.write", at=_TASK)
row("collaboration:watch", "POST", OWN, at=_TASK)
row("collaboration:comment-versions", "GET", "plan.read", at="comment")
row("collaboration:comment-resolve", "POST", "comment.write", at="comment")
for _name in ("edit", "delete"):
    row(f"collaboration:comment-{_name}", "POST", AUTHOR, at="comment")
row("collaboration:notification-list", "GET", OWN)
row("collaboration:notification-open", "GET", OWN)
row("collaboration:notification-mark", "POST", OWN)
row("collaboration:delivery", "GET", OWN)
row("collaboration:delivery", "POST", OWN)
row("projects:change-export", "GET", "plan.read", at={"pk": "program", "kind": "file_kind"})

row("api:comment-list", "GET", "program.read")
row("api:item-comments", "POST", "comment.write", at=_TASK)
row("api:comment-item", "GET", "program.read", at="comment")
for _method in ("PATCH", "DELETE"):
    row("api:comment-item", _method, AUTHOR, at="comment")
row("api:comment-resolve", "POST", "comment.write", at="comment")
row("api:item-watch", "GET", OWN, at=_TASK)
row("api:item-watch", "PUT", OWN, at=_TASK)
row("api:notification-list", "GET", OWN)
row("api:notification-read", "POST", OWN)
