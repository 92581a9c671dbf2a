"""Nouns of the room."""

from assessments.accountability.models.case import AccountabilityCase
from assessments.accountability.models.hearing import Statement
from assessments.accountability.models.paper import FaultNotice
from assessments.accountability.models.respondent import Respondent, Sanction
from assessments.accountability.models.review import CaseReview
from assessments.accountability.models.rule import EscalationRule

__all__ = [
    "AccountabilityCase",
    "CaseReview",
    "EscalationRule",
    "FaultNotice",
    "Respondent",
    "Sanction",
    "Statement",
]
