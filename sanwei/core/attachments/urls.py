"""Addresses of papers: random ids only."""

from django.urls import path

from sanwei.core.attachments import views

app_name = "attachments"
urlpatterns = [
    path("<uuid:key>/", views.download, name="download"),
]
