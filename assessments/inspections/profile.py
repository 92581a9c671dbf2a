"""Findings on the profile of a unit: what stands now, and year by year how many, how grave, how many settled."""

from django.db.models import Count, Q

from assessments.inspections.models import Finding
from assessments.inspections.states import COUNTED, OPEN, UNDECIDED, FindingState, Severity
from sanwei.core.addresses import address
from units.organisation.profile import Fact, Part

COLUMNS = {
    "total": Q(state__in=COUNTED),
    "serious": Q(state__in=COUNTED, severity=Severity.SERIOUS),
    "settled": Q(state=FindingState.SETTLED),
    "open": Q(state__in=UNDECIDED),
}


def of_unit(unit, user) -> Part | None:
    """The findings this person may see; nothing of units whose findings are not for him. One query."""
    found = (
        Finding.objects.visible_to(user)
        .filter(unit=unit)
        .order_by("-campaign__year")
        .values("campaign__year")
        .annotate(**{name: Count("pk", filter=which) for name, which in COLUMNS.items()})
    )
    years = {row["campaign__year"]: facts(unit, row["campaign__year"], row) for row in found}
    return Part("督查发现问题", years) if years else None


def facts(unit, year, row) -> tuple[Fact, ...]:
    def opens(**narrowed) -> str:
        query = "&".join(f"{name}={value}" for name, value in narrowed.items())
        return f"{address('findings:list')}?year={year}&unit={unit.pk}&{query}"

    serious = opens(counted=1, severity=Severity.SERIOUS.value)
    return (
        Fact("认定问题", str(row["total"]), opens(counted=1)),
        Fact("其中严重", str(row["serious"]), serious, "red" if row["serious"] else ""),
        Fact("已销号", str(row["settled"]), opens(state=FindingState.SETTLED.value)),
        Fact("待确认或申辩", str(row["open"]), opens(state=OPEN)),
    )
