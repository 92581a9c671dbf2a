"""The one road from an address to a finding."""

from django.http import Http404

from assessments.inspections.findings import access
from assessments.inspections.models import Finding
from sanwei.core.page.verbs import Verbs
from units.organisation.sight import visible_row


def the_finding(request, pk) -> Finding:
    """The finding, if this person may see it; else 404, as for one that never was."""
    row = visible_row(Finding, request.user, pk, "for_detail")
    if row is None:
        raise Http404
    return row


VERBS = Verbs("finding", the_finding, access, "assessments/inspections/findings/verb.html")
