"""Addresses of the calendar."""

from django.urls import path, register_converter

from sanwei.core.workdays import light_views, views


class YearConverter:
    """Years the calendar can show."""

    regex = "20[0-9]{2}"

    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return str(value)


register_converter(YearConverter, "year")

app_name = "workdays"
urlpatterns = [
    path("", views.year, name="year"),
    path("lights/", light_views.rules, name="light_rules"),
    path("import/", views.import_year, name="import"),
    path("form.xlsx", views.blank_form, name="form"),
    path("<year:year>/", views.year, name="of_year"),
    path("<year:year>.xlsx", views.download, name="download"),
]
