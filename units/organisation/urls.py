"""Addresses of the organisation; a verb's address is the verb."""

from django.urls import path

from units.organisation import post_views, views

app_name = "organisation"
urlpatterns = [
    path("", views.list, name="list"),
    path("suggest/", views.suggest, name="suggest"),
    path("export/", views.export, name="export"),
    path("leading_group/", views.city_leading_group, name="city_leading_group"),
    path("create/", views.create, name="create"),
    path("import_roster/", post_views.import_roster, name="import_roster"),
    path("roster.xlsx", post_views.roster_form, name="roster_form"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/rename/", views.rename, name="rename"),
    path("<int:pk>/merge/", views.merge, name="merge"),
    path("<int:pk>/set_tier/", views.set_tier, name="set_tier"),
    path("<int:pk>/departments/add/", views.department, name="add_department"),
    path("<int:pk>/departments/<int:department_pk>/", views.department, name="department"),
    path("<int:pk>/leading_group/", views.leading_group, name="leading_group"),
    path("<int:pk>/appoint/", post_views.appoint, name="appoint"),
    path("<int:pk>/delegate/", post_views.delegate, name="delegate"),
    path("<int:pk>/posts/<int:post_pk>/end/", post_views.end_post, name="end_post"),
]
