"""What an inspection's page shows beside the plan: asked once for each kind."""

from assessments.inspections.models import Draw, Finding, InspectedUnit, TeamMember
from units.organisation.models import Unit

SHOWN = 200


def team_of(inspection) -> list[TeamMember]:
    return list(inspection.team.all())


def units_of(inspection) -> list[InspectedUnit]:
    """In the fixed order of units."""
    return list(inspection.inspected.select_related("unit").order_by("unit__order", "pk"))


def draws_of(inspection) -> list[Draw]:
    """Each with `names`: the drawn units as “code name”, in the order of their lots."""
    draws = list(inspection.draws.select_related("by"))
    codes = {code for draw in draws for code in draw.drawn}
    names = dict(Unit.objects.filter(code__in=codes).values_list("code", "short_name")) if codes else {}
    for draw in draws:
        draw.names = [f"{code} {names.get(code, '')}".strip() for code in draw.drawn]
    return draws


def findings_of(inspection, user) -> list[Finding]:
    rows = Finding.objects.visible_to(user).filter(inspection=inspection)
    return list(rows.for_list().order_by("unit_order", "pk")[:SHOWN])
