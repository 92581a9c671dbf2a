"""What a task's page shows beside the task: asked once for each kind."""

from sanwei.core.clock import today
from sanwei.core.questions import Question
from units.rectification import access
from units.rectification.models import Assistance, TaskExtension, TaskProgress, Urging

__all__ = ["assistance_of", "extensions_of", "progress_of", "today", "urgings_of"]

SHOWN = 50  # of one kind; the record has all
PROGRESS = Question(
    lambda task: TaskProgress.objects.filter(task=task).select_related("by")[:SHOWN], task=int
)
EXTENSIONS = Question(
    lambda task: TaskExtension.objects.filter(task=task).select_related(
        "asked_by", "signed_by", "decided_by"
    ),
    task=int,
)
ASSISTANCE = Question(
    lambda task: Assistance.objects.filter(task=task).select_related("unit", "department", "given_by"),
    task=int,
)
URGINGS = Question(
    lambda task: Urging.objects.filter(task=task).select_related("issued_by", "signed_by")[:SHOWN], task=int
)


def progress_of(task) -> list[TaskProgress]:
    return PROGRESS(task=task.pk)


def extensions_of(task) -> list[TaskExtension]:
    return EXTENSIONS(task=task.pk)


def assistance_of(task, user) -> list[Assistance]:
    """Who helps; `may_assist` says whether this person may give the opinion now."""
    rows = ASSISTANCE(task=task.pk)
    for row in rows:
        row.may_assist = task.is_open and access.can_assist(user, row)
    return rows


def urgings_of(task) -> list[Urging]:
    return URGINGS(task=task.pk)
