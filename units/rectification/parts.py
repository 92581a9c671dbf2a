"""What this room draws on pages of the rooms below, which do not know it (settings.SANWEI_DRAWN)."""

from jinja2 import pass_context
from markupsafe import Markup

from sanwei.core.questions import Question
from units.rectification import access, weaknesses
from units.rectification.models import Task
from units.rectification.states import Source, State

TASKS = Question(
    lambda since, until: (
        Task.objects.filter(source=Source.WEAKNESS, source_key__gte=since, source_key__lt=until)
        .exclude(state=State.CANCELLED)
        .only("number", "state", "source_key")
    ),
    since=str,
    until=str,
)


@pass_context
def weakness_tasks(page, plan, rows) -> dict[str, Markup]:
    """`{% set tasks = weakness_tasks(plan, rows) %}`: uid of a weakness → its task, or the button that makes one. One query."""
    prefix = weaknesses.key_of(plan.pk, "")
    opened = {task.source_key: task for task in TASKS(since=prefix, until=f"{prefix}~")}
    cell = page.environment.get_template("units/rectification/_weakness.html")
    kept = {"csrf_input": page.get("csrf_input"), "plan": plan, "can_open": access.can_open(page["user"])}
    return {
        row["uid"]: Markup(
            cell.render({**kept, "row": row, "task": opened.get(weaknesses.key_of(plan.pk, row["uid"]))})
        )
        for row in rows
    }
