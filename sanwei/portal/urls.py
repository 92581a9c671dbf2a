"""Addresses of the portal."""

from django.urls import path

from sanwei.portal import health, publicity_views, views

app_name = "portal"
urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", views.home, name="home"),
    path("bulletins/", views.bulletins, name="bulletins"),
    path("bulletins/<uuid:public_id>/", views.bulletin, name="bulletin"),
    path("plans/", views.plans, name="plans"),
    path("plans/<uuid:public_id>/", views.plan, name="plan"),
    path("exposures/", publicity_views.exposures, name="exposures"),
    path("exposures/<uuid:public_id>/", publicity_views.exposure, name="exposure"),
    path("cases/", publicity_views.cases, name="cases"),
    path("cases/<uuid:public_id>/", publicity_views.case, name="case"),
    path("find/", views.public_search, name="public_search"),
    path("complaints/", views.complaints, name="complaints"),
    path("desk/", views.desk, name="desk"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("search/", views.search, name="search"),
    path("follow/<slug:kind>/<int:pk>/", views.follow, name="follow"),
]
