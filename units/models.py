"""Index of this app's models; import them from their rooms."""

from units.campaigns.models import Campaign, Stage
from units.organisation.models import Department, LeadingGroupMember, Post, Unit, UnitName, UnitTier
from units.plans.models import (
    Comment,
    Extension,
    Measure,
    MeasureTally,
    Plan,
    PlanTally,
    PlanVersion,
    Progress,
    Reminder,
    Section,
)
from units.policies.models import Policy, PolicyPart
from units.rectification.models import Assistance, Pause, Task, TaskExtension, TaskProgress, Urging

__all__ = [
    "Assistance",
    "Campaign",
    "Comment",
    "Department",
    "Extension",
    "LeadingGroupMember",
    "Measure",
    "MeasureTally",
    "Pause",
    "Plan",
    "PlanTally",
    "PlanVersion",
    "Policy",
    "PolicyPart",
    "Post",
    "Progress",
    "Reminder",
    "Section",
    "Stage",
    "Task",
    "TaskExtension",
    "TaskProgress",
    "Unit",
    "UnitName",
    "UnitTier",
    "Urging",
]  # fmt: skip
