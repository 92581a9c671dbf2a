"""Two inspections of one unit in one week are pointed out before they happen (重复督查, dossier 3.1; Appendix C 26)."""

from assessments.inspections.models import InspectedUnit
from sanwei.core.days import written


def of_units(units, starts_on, ends_on, besides=None) -> list[InspectedUnit]:
    """The visits of other inspections to `units` (keys) in the weeks of these days."""
    return list(InspectedUnit.objects.in_same_weeks(units, starts_on, ends_on, besides))


def of_inspection(inspection, user) -> list[InspectedUnit]:
    """Those of the inspections that this person may know of."""
    keys, days = inspection.inspected.values("unit"), (inspection.starts_on, inspection.ends_on)
    return list(InspectedUnit.objects.visible_to(user).in_same_weeks(keys, *days, besides=inspection.pk))


def warning(visit) -> str:
    """市教育局：同一周另有督查督查〔2026〕3号“…”（2026年3月2日至2026年3月4日）。"""
    other = visit.inspection
    days = f"{written(other.starts_on)}至{written(other.ends_on)}"
    return f"{visit.unit.name}同一周内另有{other.number}“{other.theme}”（{days}）"
