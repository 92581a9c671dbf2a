"""Addresses of the campaigns; a verb's address is the verb."""

from django.urls import path

from units.campaigns import views

app_name = "campaigns"
urlpatterns = [
    path("", views.list, name="list"),
    path("export/", views.export, name="export"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/stages/", views.stages, name="stages"),
    path("<int:pk>/open/", views.open, name="open"),
    path("<int:pk>/assess/", views.assess, name="assess"),
    path("<int:pk>/publicise/", views.publicise, name="publicise"),
    path("<int:pk>/archive/", views.archive, name="archive"),
]
