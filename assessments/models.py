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

__all__ = [
    "AccountabilityCase",
    "Bulletin",
    "CaseReview",
    "Draw",
    "EscalationRule",
    "Evidence",
    "FaultNotice",
    "Finding",
    "FindingClass",
    "FindingTask",
    "InspectedUnit",
    "Inspection",
    "LedgerEntry",
    "LookBack",
    "PointRule",
    "Receipt",
    "Respondent",
    "Sanction",
    "Statement",
    "TeamMember",
    "Witness",
]
