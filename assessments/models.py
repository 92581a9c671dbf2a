"""Index of this app's models; import them from their rooms."""

from assessments.accountability.models import (
    AccountabilityCase,
    CaseReview,
    EscalationRule,
    FaultNotice,
    Respondent,
    Sanction,
    Statement,
)
from assessments.bulletins.models import Bulletin, Receipt
from assessments.inspections.models import (
    Draw,
    Evidence,
    Finding,
    FindingClass,
    FindingTask,
    InspectedUnit,
    Inspection,
    LookBack,
    TeamMember,
    Witness,
)
from assessments.ledger.models import LedgerEntry, PointRule
from assessments.publicity.models import CaseVersion, Explanation, Exposure, ModelCase

__all__ = [
    "AccountabilityCase",
    "Bulletin",
    "CaseReview",
    "CaseVersion",
    "Draw",
    "EscalationRule",
    "Evidence",
    "Explanation",
    "Exposure",
    "FaultNotice",
    "Finding",
    "FindingClass",
    "FindingTask",
    "InspectedUnit",
    "Inspection",
    "LedgerEntry",
    "LookBack",
    "ModelCase",
    "PointRule",
    "Receipt",
    "Respondent",
    "Sanction",
    "Statement",
    "TeamMember",
    "Witness",
]
