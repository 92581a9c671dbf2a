"""整改看板: of the city, and of one unit."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render

from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.roles import Role
from sanwei.core.ui.pages import page_by_key, rows_wanted
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign
from units.organisation.access import units_of
from units.organisation.models import Unit
from units.rectification import access, board, counts


def about(request, classes) -> dict:
    """What every board shows: the years, and by which classes it counts."""
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    return {
        "campaign": chosen_of(request.GET, campaigns),
        "years": [campaign.year for campaign in campaigns],
        "classes": classes,
    }


@signed_in
def city(request):
    """The whole city, units or departments worst first; who answers for one unit is shown that one."""
    if not access.can_see_board(request.user):
        return to_own(request)
    classes, column = board.classes_of(request.GET), board.column_of(request.GET)
    page = {**about(request, classes), "column": column, "sorts": board.SORTS}
    if campaign := page["campaign"]:
        page["sort"], order = board.sort_of(request.GET)
        rows = page_by_key(board.places(campaign, column), request, order, rows_wanted(request))
        opens = board.Opener(campaign.year)
        page |= board.figures(counts.lights(campaign), counts.months(campaign), classes, opens)
        page |= {"page": rows, "places": board.by_place(campaign, rows.rows, column, classes, opens)}
    return render(request, "units/rectification/board.html", page)


def to_own(request):
    own = units_of(request.user, Role.UNIT_CLERK, Role.UNIT_HEAD)
    if not own:
        raise PermissionDenied
    return redirect("rectification:unit_board", pk=min(own))


@signed_in
def unit(request, pk):
    """One unit, by its departments."""
    row = Unit.objects.visible_to(request.user).filter(pk=pk).first()
    if row is None:
        raise Http404
    allow(access.can_see_unit_board(request.user, row))
    classes = board.classes_of(request.GET)
    page = {**about(request, classes), "place": row, "sees_city": access.can_see_board(request.user)}
    if campaign := page["campaign"]:
        opens = board.Opener(campaign.year, {"unit": row.pk})
        lights, course, departments = counts.of_unit(campaign, row)
        page |= board.figures(lights, course, classes, opens)
        page["places"] = board.by_department(departments, classes, opens)
    return render(request, "units/rectification/unit_board.html", page)


@signed_in
@once
def export(request):
    """Every unit, or every department, as Excel."""
    allow(access.can_see_board(request.user))
    return answer(request, "task_board")
