"""Constraints and indexes of the initial migrations, said with their tables.

makemigrations leaves most of them behind, one operation each. Every operation draws anew all models that hang together,
and on SQLite writes the table anew, so an empty database takes twice as long to stand.
"""

import collections
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanwei.settings")
django.setup()

from django.db.migrations import AddConstraint, AddField, AddIndex, CreateModel  # noqa: E402
from django.db.migrations.loader import MigrationLoader  # noqa: E402
from django.db.migrations.writer import MigrationWriter  # noqa: E402

OURS = ("core", "units", "assessments")


def folded(operations: list, app: str) -> list:
    """The same tables. What speaks of a field that its table gets later stays where it is."""
    made, places, late = [], {}, collections.defaultdict(set)
    for operation in operations:
        if isinstance(operation, CreateModel):
            places[operation.name_lower] = len(made)
        elif isinstance(operation, AddField):
            late[operation.model_name_lower].add(operation.name)
        elif isinstance(operation, AddConstraint | AddIndex) and operation.model_name_lower in places:
            table = operation.model_name_lower
            if not any(name in repr(operation.deconstruct()) for name in late[table]):
                [made[places[table]]] = made[places[table]].reduce(operation, app)
                continue
        made.append(operation)
    return made


def main() -> None:
    for (app, name), migration in MigrationLoader(None).disk_migrations.items():
        if app in OURS and name.endswith("_initial"):
            migration.operations = folded(migration.operations, app)
            writer = MigrationWriter(migration)
            Path(writer.path).write_text(writer.as_string(), encoding="utf-8")


if __name__ == "__main__":
    main()
