"""A migration operation that creates the tables of an app at once."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger


class CreateAtOnce(Operation):
    """Carry out the first operations of an app as one step: models as they are after the last of them, then their triggers.

    One by one, each of a thousand operations makes Django build all models anew that are related to the one it changes, which
    takes minutes; here they are built once. ``operations`` are those that ``makemigrations`` writes for an app without any.
    """

    reversible = False
    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # what is not built need not be built anew
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            if isinstance(operation, CreateModel):
                model: Any = to_state.apps.get_model(app_label, operation.name)
                if self.allow_migrate_model(schema_editor.connection.alias, model):
                    schema_editor.create_model(model)
        for operation in self.operations:
            if isinstance(operation, AddTrigger):
                operation.database_forwards(app_label, schema_editor, to_state, to_state)

    def database_backwards(self, *_args: Any) -> None:
        raise NotImplementedError("the first migration is not taken back")

    def describe(self) -> str:
        return f"Create {sum(isinstance(one, CreateModel) for one in self.operations)} models"
