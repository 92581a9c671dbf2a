"""Index of this app's addresses; each room brings its own."""

from django.urls import include, path

urlpatterns = [
    path("campaigns/", include("units.campaigns.urls")),
    path("organisation/", include("units.organisation.urls")),
    path("plans/", include("units.plans.urls")),
    path("rectification/", include("units.rectification.urls")),
    path("policies/", include("units.policies.urls")),
]
