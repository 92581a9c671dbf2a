"""A second look compared with the first (回头看): what stood against the units before, and what has become of it."""

import dataclasses

from django.db.models import OuterRef, Subquery

from assessments.inspections.models import Finding, LookBack

SHOWN = 200


@dataclasses.dataclass(frozen=True)
class Line:
    """One class of problems: how many stood before, how many of them held and failed at the second look, how many are new."""

    name: str
    before: int
    kept: int
    failed: int
    now: int


def earlier_of(inspection, user) -> list[Finding]:
    """What stood against its units before it, each with `outcome` of the last look at it ("" for none). One query."""
    last = LookBack.objects.filter(finding=OuterRef("pk")).order_by("-pk").values("outcome")[:1]
    rows = Finding.objects.visible_to(user).before(inspection).for_list()
    return list(rows.annotate(outcome=Subquery(last)).order_by("unit_order", "-found_at", "-pk")[:SHOWN])


def compared(earlier, now) -> list[Line]:
    """By class, in the order of the list of classes; `now` are the findings of the inspection itself."""
    found = {}
    for finding in earlier:
        group = found.setdefault(finding.item.parent.code, [finding.item.parent.name, 0, 0, 0, 0])
        group[1] += 1
        group[2] += finding.outcome == LookBack.Outcome.KEPT
        group[3] += finding.outcome in LookBack.FAILED
    for finding in now:
        found.setdefault(finding.item.parent.code, [finding.item.parent.name, 0, 0, 0, 0])[4] += 1
    return [Line(*found[code]) for code in sorted(found)]
