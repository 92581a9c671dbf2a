"""Index of this app's addresses; each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("accountability/", include("assessments.accountability.urls")),
    path("bulletins/", include("assessments.bulletins.urls")),
    path("findings/", include("assessments.inspections.findings.urls")),
    path("ledger/", include("assessments.ledger.urls")),
    path("inspections/", include("assessments.inspections.planning.urls")),
    path("cases/", include("assessments.publicity.cases.urls")),
    path("exposures/", include("assessments.publicity.exposures.urls")),
]
