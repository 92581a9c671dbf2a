"""The one road from an address to a case."""

from django.http import Http404

from assessments.publicity.cases.models import ModelCase
from units.organisation.sight import visible_row


def the_case(request, pk) -> ModelCase:
    """The case, if this person may see it; else 404, as for one that never was."""
    case = visible_row(ModelCase, request.user, pk, "for_detail")
    if case is None:
        raise Http404
    return case
