"""Nouns of the room."""

from units.rectification.models.counts import (
    TaskCounted,
    TaskCountedOn,
    TaskLightTally,
    TaskMonthTally,
    TaskMove,
    TaskPlaceTally,
)
from units.rectification.models.extension import TaskExtension
from units.rectification.models.task import Task
from units.rectification.models.urging import Urging
from units.rectification.models.work import Assistance, Pause, TaskProgress

__all__ = [
    "Assistance",
    "Pause",
    "Task",
    "TaskCounted",
    "TaskCountedOn",
    "TaskExtension",
    "TaskLightTally",
    "TaskMonthTally",
    "TaskMove",
    "TaskPlaceTally",
    "TaskProgress",
    "Urging",
]
