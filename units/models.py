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

__all__ = [
    "Campaign", "Comment", "Department", "Extension", "LeadingGroupMember", "Measure", "MeasureTally", "Plan", "PlanTally",
    "PlanVersion",
    "Policy", "PolicyPart", "Post", "Progress", "Reminder", "Section", "Stage", "Unit", "UnitName", "UnitTier",
]  # fmt: skip
