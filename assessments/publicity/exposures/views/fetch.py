"""The one road from an address to an exposure."""

from django.http import Http404

from assessments.publicity.exposures.models import Exposure
from units.organisation.sight import visible_row


def the_exposure(request, pk) -> Exposure:
    """The exposure, if this person may see it; else 404, as for one that never was."""
    exposure = visible_row(Exposure, request.user, pk, "for_detail")
    if exposure is None:
        raise Http404
    return exposure
