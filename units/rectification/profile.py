"""Tasks on the profile of a unit: lights now, and year by year how many were closed, and how many of them in time."""

from django.db.models import Count, F, Q

from sanwei.core import clock
from sanwei.core.addresses import address
from sanwei.core.page.chinese import percent
from sanwei.core.workdays.lights import LOOK, Light
from units.campaigns.models import current_campaign
from units.organisation.profile import Fact, Part
from units.rectification import access
from units.rectification.board import Opener
from units.rectification.models import Task
from units.rectification.states import SUPERVISED, State

CLOSED = Q(state=State.CLOSED)
IN_TIME = CLOSED & Q(stopped_on__lte=F("due_on"))


def of_unit(unit, user) -> Part | None:
    """For those who may see its board. Three queries."""
    if not access.can_see_unit_board(user, unit):
        return None
    late = Q(state__in=SUPERVISED, due_on__lt=clock.today(), suspended_on=None)
    counted = (
        Task.objects.filter(unit=unit)
        .order_by("-campaign__year")
        .values("campaign__year")
        .annotate(
            total=Count("pk"),
            closed=Count("pk", filter=CLOSED),
            in_time=Count("pk", filter=IN_TIME),
            late=Count("pk", filter=late),
        )
    )
    years = {row["campaign__year"]: facts(unit, row["campaign__year"], row) for row in counted}
    return Part("整改任务", years, now(unit), address("rectification:unit_board", unit.pk))


def facts(unit, year, row) -> tuple[Fact, ...]:
    opens = Opener(year, {"unit": unit.pk})
    share = percent(row["in_time"] / row["closed"]) if row["closed"] else "—"
    return (
        Fact("任务数", str(row["total"]), opens()),
        Fact("办结", str(row["closed"]), opens(state=State.CLOSED.value)),
        Fact("按期办结率", share),
        Fact("反馈逾期", str(row["late"]), opens(overdue="report"), "red" if row["late"] else ""),
    )


def now(unit) -> tuple[Fact, ...]:
    """The lights of this year's tasks."""
    campaign = current_campaign()
    if campaign is None:
        return ()
    tasks = Task.objects.filter(campaign=campaign, unit=unit).with_light().order_by()
    found = dict(tasks.values("light").annotate(tasks=Count("pk")).values_list("light", "tasks"))
    opens = Opener(campaign.year, {"unit": unit.pk})
    return tuple(
        Fact(light.label, str(found[light]), opens(light=light.value), LOOK[light])
        for light in Light
        if light in found
    )
