"""Addresses of the inbox."""

from django.urls import path

from sanwei.core.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<int:pk>/open/", views.open, name="open"),
    path("read_all/", views.read_all, name="read_all"),
    path("preferences/", views.preferences, name="preferences"),
    path("parked/", views.parked, name="parked"),
    path("parked/<int:pk>/send_again/", views.send_again, name="send_again"),
    path("parked/announcements/<int:pk>/tell_again/", views.tell_again, name="tell_again"),
    path("parked/test_mail/", views.test_mail, name="test_mail"),
]
