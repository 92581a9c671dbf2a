"""Nouns of the room."""

from assessments.publicity.cases.models import CaseVersion, ModelCase
from assessments.publicity.exposures.models import Explanation, Exposure

__all__ = ["CaseVersion", "Explanation", "Exposure", "ModelCase"]
