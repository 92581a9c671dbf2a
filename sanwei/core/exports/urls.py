"""Addresses of exports in the background; asking for one is done at the address of the list."""

from django.urls import path

from sanwei.core.exports import views

app_name = "exports"
urlpatterns = [
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/download/", views.download, name="download"),
]
