"""Nouns of the room."""

from units.rectification.models.extension import TaskExtension
from units.rectification.models.task import Task
from units.rectification.models.urging import Urging
from units.rectification.models.work import Assistance, Pause, TaskProgress

__all__ = ["Assistance", "Pause", "Task", "TaskExtension", "TaskProgress", "Urging"]
