"""The nouns of inspections and findings."""

from assessments.inspections.models.classes import FindingClass
from assessments.inspections.models.finding import Evidence, Finding, Witness
from assessments.inspections.models.following import FindingTask, LookBack
from assessments.inspections.models.inspection import Draw, InspectedUnit, Inspection, TeamMember

__all__ = [
    "Draw",
    "Evidence",
    "Finding",
    "FindingClass",
    "FindingTask",
    "InspectedUnit",
    "Inspection",
    "LookBack",
    "TeamMember",
    "Witness",
]
