"""The measure ledger on screen, and reporting progress."""

from django.contrib import messages
from django.shortcuts import redirect, render

from sanwei.core.doors import allow, signed_in
from sanwei.core.exports.answering import answer
from sanwei.core.idempotency.once import once
from sanwei.core.refusals import Stale
from sanwei.core.ui.pages import page_by_key, rows_wanted
from units.campaigns.choosing import chosen_of
from units.campaigns.models import Campaign
from units.plans import access, choosing, measures
from units.plans.forms import ProgressForm
from units.plans.views.fetch import the_measure


@signed_in
def measure_list(request):
    campaigns = Campaign.objects.visible_to(request.user).newest_first()
    campaign = chosen_of(request.GET, campaigns)
    form, found = choosing.measures(request.user, request.GET, campaign)
    order = ("plan__unit_order", "plan_id", "position", "pk")
    page = {
        "campaign": campaign,
        "years": [campaign.year for campaign in campaigns],
        "filter": form,
        "page": page_by_key(found, request, order, size=rows_wanted(request)),
    }
    return render(request, "units/plans/measures.html", page)


@signed_in
@once
def measure_export(request):
    """The ledger as filtered, every row of it, as Excel."""
    return answer(request, "measures")


@signed_in
@once
def measure(request, pk):
    """One measure with its progress; the form when the viewer may report."""
    row = the_measure(request, pk)
    may_report = access.can_record_progress(request.user, row)
    form = ProgressForm(request.POST or None, initial={"version": row.version, "percent": row.percent})
    if request.method == "POST":
        allow(may_report)
        if report(request, row, form):
            return redirect("plans:measure", pk=row.pk)
    page = {"measure": row, "plan": row.plan, "form": form, "may_report": may_report}
    page["progress"] = row.progress.select_related("by")[:50]
    return render(request, "units/plans/measure.html", page, status=422 if form.is_bound else 200)


def report(request, row, form) -> bool:
    """Whether the posted progress was recorded; if not, the form says why and keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        measures.record_progress(measure=row, by=request.user, **form.cleaned_data)
    except Stale as stale:
        form.add_error(None, stale.message)
        return False
    messages.success(request, "进展已填报。")
    return True
