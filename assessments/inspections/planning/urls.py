"""Addresses of the inspections; a verb's address is the verb."""

from django.urls import path

from assessments.inspections.planning import views

app_name = "inspections"
urlpatterns = [
    path("", views.list, name="list"),
    path("export/", views.export, name="export"),
    path("plan/", views.plan, name="plan"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/amend/", views.amend, name="amend"),
    path("<int:pk>/draw/", views.draw, name="draw"),
    path("<int:pk>/add_unit/", views.add_unit, name="add_unit"),
    path("<int:pk>/drop_unit/", views.drop_unit, name="drop_unit"),
    path("<int:pk>/start/", views.start, name="start"),
    path("<int:pk>/record_visit/", views.record_visit, name="record_visit"),
    path("<int:pk>/finish/", views.finish, name="finish"),
    path("<int:pk>/cancel/", views.cancel, name="cancel"),
]
