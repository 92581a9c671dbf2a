"""Exposures and model cases before the public: masked always, and a correction where something was withdrawn."""

from django.shortcuts import get_object_or_404, render

from assessments.publicity.cases import reading as case_reading
from assessments.publicity.cases.document import official
from assessments.publicity.cases.models import ModelCase
from assessments.publicity.exposures import reading as exposure_reading
from assessments.publicity.exposures.models import Exposure
from sanwei.core.documents.pdf import to_pdf
from sanwei.core.doors import public
from sanwei.core.ui.downloads import download
from sanwei.core.ui.pages import page_by_key

NEWEST_FIRST = ("-published_at", "-pk")
WITHDRAWN = "portal/withdrawn.html"


@public
def exposures(request):
    shown = Exposure.objects.public().for_list()
    page = {"page": page_by_key(shown, request, order=NEWEST_FIRST), "reads": exposure_reading.in_public}
    return render(request, "portal/exposures.html", page)


@public
def exposure(request, public_id):
    """What a medium reported, and what is answered; or the correction in its place."""
    row = get_object_or_404(Exposure.objects.public().for_detail(), public_id=public_id)
    if row.withdrawn_at:
        return corrected(request, row, "曝光与回应", "portal:exposures")
    page = {"exposure": row, "reads": exposure_reading.in_public}
    return render(request, "portal/exposure.html", page)


@public
def cases(request):
    """?kind= and ?year= (of the campaign) narrow them; what says nothing narrows nothing."""
    kind, year = request.GET.get("kind", ""), request.GET.get("year", "")
    shown = ModelCase.objects.public()
    years = shown.order_by("-campaign__year").values_list("campaign__year", flat=True).distinct()
    page = {"kinds": ModelCase.Kind.choices, "years": [*years], "kind": kind, "year": year}
    shown = shown.for_list().filtered(kind=kind if kind in ModelCase.Kind.values else "")
    if year.isdecimal() and len(year) == 4:
        shown = shown.filter(campaign__year=int(year))
    page |= {"page": page_by_key(shown, request, order=NEWEST_FIRST), "reads": case_reading.in_public}
    return render(request, "portal/cases.html", page)


@public
def case(request, public_id):
    """A case as a web page, ?form=pdf as the document; or the correction in its place."""
    row = get_object_or_404(ModelCase.objects.public().for_detail(), public_id=public_id)
    if row.withdrawn_at:
        return corrected(request, row, "典型案例", "portal:cases")
    if request.GET.get("form") == "pdf":
        return download(f"典型案例 {row}.pdf", to_pdf(official(row, case_reading.in_public)))
    return render(request, "portal/case.html", {"case": row, "reads": case_reading.in_public})


def corrected(request, row, column, route):
    """更正说明 (the text itself is not handed to the template)."""
    page = {
        "column": column,
        "route": route,
        "correction": row.masked(row.correction),
        "published_at": row.published_at,
        "withdrawn_at": row.withdrawn_at,
    }
    return render(request, WITHDRAWN, page)
