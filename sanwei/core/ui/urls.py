from django.urls import path

from sanwei.core.ui import views

app_name = "ui"
urlpatterns = [path("type/", views.type_size, name="type_size")]
