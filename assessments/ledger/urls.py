"""Addresses of the ledger."""

from django.urls import path

from assessments.ledger import views

app_name = "ledger"
urlpatterns = [
    path("", views.list, name="list"),
    path("export/", views.export, name="export"),
    path("sums/", views.sums_of_units, name="sums"),
    path("rules/", views.point_rules, name="rules"),
    path("gather/", views.gather, name="gather"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/reverse/", views.reverse, name="reverse"),
]
