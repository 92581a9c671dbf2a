"""Addresses of the library; a verb's address is the verb."""

from django.urls import path

from units.policies import views

app_name = "policies"
urlpatterns = [
    path("", views.list, name="list"),
    path("export/", views.export, name="export"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/repeal/", views.repeal, name="repeal"),
    path("<int:pk>/reinstate/", views.reinstate, name="reinstate"),
    path("<int:pk>/papers/", views.upload, name="upload"),
    path("<int:pk>/papers/<uuid:paper>/remove/", views.remove_paper, name="remove_paper"),
]
