"""Exposures and model cases on the profile of a unit, year by year."""

from django.db.models import Count, Q

from assessments.publicity.models import Exposure, ModelCase
from units.organisation.profile import Fact, Part

FALSE, PUBLISHED = Exposure.Verification.FALSE, ModelCase.State.PUBLISHED


def of_unit(unit, user) -> Part | None:
    """Those this person may see. Two queries."""
    upheld = Q(verification__in=("true", "partly")) & ~Q(state=Exposure.State.CANCELLED)
    exposed = by_year(Exposure.objects.visible_to(user).filter(unit=unit), upheld=upheld)
    told = by_year(ModelCase.objects.visible_to(user).filter(unit=unit), published=Q(state=PUBLISHED))
    years = sorted({*exposed, *told}, reverse=True)
    none = {"total": 0, "upheld": 0, "published": 0}
    found = {year: facts(none | exposed.get(year, {}), none | told.get(year, {})) for year in years}
    return Part("媒体曝光和典型案例", found) if found else None


def by_year(rows, **columns) -> dict[int, dict]:
    counted = rows.order_by().values("campaign__year")
    counted = counted.annotate(
        total=Count("pk"), **{name: Count("pk", filter=which) for name, which in columns.items()}
    )
    return {row["campaign__year"]: row for row in counted}


def facts(exposed, told) -> tuple[Fact, ...]:
    return (
        Fact("曝光件", str(exposed["total"])),
        Fact("其中属实或部分属实", str(exposed["upheld"]), colour="red" if exposed["upheld"] else ""),
        Fact("报送典型案例", str(told["total"])),
        Fact("其中已发布", str(told["published"])),
    )
