"""The plan, what of it was handed in, its measures, and the counts kept of both."""

from units.plans.models.measure import Measure, Progress
from units.plans.models.plan import Extension, Plan, Reminder, Section
from units.plans.models.tally import MeasureTally, PlanTally
from units.plans.models.version import Comment, PlanVersion

__all__ = [
    "Comment", "Extension", "Measure", "MeasureTally", "Plan", "PlanTally", "PlanVersion", "Progress", "Reminder",
    "Section",
]  # fmt: skip
