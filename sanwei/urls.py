"""Addresses of the house: each room brings its own."""

from django.urls import include, path

from sanwei.core.accounts import admin as accounts_admin  # noqa: F401
from sanwei.core.accounts import keepers
from units.organisation import admin as organisation_admin  # noqa: F401

urlpatterns = [
    path("accounts/", include("sanwei.core.accounts.urls")),
    path("attachments/", include("sanwei.core.attachments.urls")),
    path("notifications/", include("sanwei.core.notifications.urls")),
    path("display/", include("sanwei.core.ui.urls")),
    path("exports/", include("sanwei.core.exports.urls")),
    path("audit/", include("sanwei.core.audit.urls")),
    path("admin/", keepers.site.urls),
    path("calendar/", include("sanwei.core.workdays.urls")),
    path("units/", include("units.urls")),
    path("assessments/", include("assessments.urls")),
    path("", include("sanwei.portal.urls")),
]

handler400 = "sanwei.core.ui.views.bad_request"
handler403 = "sanwei.core.ui.views.permission_denied"
handler404 = "sanwei.core.ui.views.page_not_found"
handler500 = "sanwei.core.ui.views.server_error"
