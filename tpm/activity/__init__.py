"""The audit and the one way to write: ``with activity.change(...) as change: change.update(task, name=…)``."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tpm.activity.writing import Change, Conflict, change

__all__ = ["Change", "Conflict", "change"]


def __getattr__(name: str) -> Any:
    # Models can not be imported while Django loads its apps; callers only use these names afterwards.
    if name in __all__:
        from tpm.activity import writing

        return getattr(writing, name)
    raise AttributeError(name)
