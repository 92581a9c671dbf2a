"""Points on the profile of a unit, year by year."""

from django.db.models import Count

from assessments.ledger.kinds import plain
from assessments.ledger.models import SUM, LedgerEntry
from sanwei.core.addresses import address
from units.organisation.profile import Fact, Part


def of_unit(unit, user) -> Part | None:
    """The sums this person may see. One query."""
    found = (
        LedgerEntry.objects.visible_to(user)
        .filter(unit=unit)
        .order_by("-campaign__year")
        .values("campaign__year")
        .annotate(points=SUM, entries=Count("pk"))
    )
    years = {row["campaign__year"]: facts(unit, row["campaign__year"], row) for row in found}
    return Part("考评台账", years) if years else None


def facts(unit, year, row) -> tuple[Fact, ...]:
    url = f"{address('ledger:list')}?year={year}&unit={unit.pk}"
    return (Fact("分值合计", plain(row["points"]), url), Fact("条目数", str(row["entries"]), url))
