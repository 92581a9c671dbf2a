"""Addresses of the account."""

from django.urls import path

from sanwei.core.accounts import views

app_name = "accounts"
urlpatterns = [
    path("", views.account, name="account"),
    path("sign_in/", views.sign_in, name="sign_in"),
    path("sign_out/", views.sign_out, name="sign_out"),
    path("change_password/", views.change_password, name="change_password"),
    path("enrol/", views.enrol, name="enrol"),
    path("second_factor/", views.verify_second_factor, name="second_factor"),
    path("end_sessions/", views.end_sessions, name="end_sessions"),
]
