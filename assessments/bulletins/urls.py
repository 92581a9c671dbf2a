"""Addresses of the bulletins; a verb's address is the verb."""

from django.urls import path

from assessments.bulletins import views

app_name = "bulletins"
urlpatterns = [
    path("", views.list, name="list"),
    path("export/", views.export, name="export"),
    path("create/", views.create, name="create"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/edit/", views.edit, name="edit"),
    path("<int:pk>/print/", views.printed, name="print"),
    path("<int:pk>/receipts.xlsx", views.receipts, name="receipts"),
    path("<int:pk>/recompile/", views.recompile, name="recompile"),
    path("<int:pk>/request_review/", views.request_review, name="request_review"),
    path("<int:pk>/hand_back/", views.hand_back, name="hand_back"),
    path("<int:pk>/sign/", views.sign, name="sign"),
    path("<int:pk>/number/", views.number, name="number"),
    path("<int:pk>/publish/", views.publish, name="publish"),
    path("<int:pk>/open/", views.open, name="open"),
    path("<int:pk>/void/", views.void, name="void"),
    path("<int:pk>/sign_for/", views.sign_for, name="sign_for"),
]
