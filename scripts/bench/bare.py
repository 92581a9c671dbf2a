"""The reference: what startproject gives, with one indexed page of 25 rows and one ModelForm insert with CSRF.

Run by the same recipe as the product: `gunicorn scripts.bench.bare:application`, DATABASE_URL in the environment.
"""

import os
import sys

import dj_database_url
import django
from django.conf import settings

ROWS = 20_000
PAGE = """<!doctype html><title>bare</title><table>{% for row in rows %}
<tr><td><a href="/rows/{{ row.pk }}">{{ row.title }}</a></td><td>{{ row.state }}</td><td>{{ row.at|date:"Y-m-d H:i" }}</td></tr>
{% endfor %}</table><a href="?after={{ last }}">next</a>"""
FORM = """<!doctype html><title>bare</title><form method="post">{% csrf_token %}{{ form.as_p }}<button>ok</button></form>"""

settings.configure(
    SECRET_KEY="bare-reference",
    ALLOWED_HOSTS=["sanwei.test"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "django.contrib.messages",
    ],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ],
                "loaders": [
                    ("django.template.loaders.locmem.Loader", {"list.html": PAGE, "form.html": FORM})
                ],
            },
        }
    ],
    USE_TZ=True,
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402  settings must stand first
from django.db import connection, models  # noqa: E402
from django.forms import ModelForm  # noqa: E402
from django.http import HttpResponseRedirect  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Row(models.Model):
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        app_label = "bare"


class RowForm(ModelForm):
    class Meta:
        model = Row
        fields = ["title", "state"]


def rows(request):
    after = int(request.GET.get("after", 0))
    found = list(Row.objects.filter(pk__gt=after).order_by("pk")[:25])
    return render(request, "list.html", {"rows": found, "last": found[-1].pk if found else 0})


def add(request):
    form = RowForm(request.POST or None)
    if form.is_valid():
        form.save()
        return HttpResponseRedirect("/rows/")
    return render(request, "form.html", {"form": form})


urlpatterns = [path("rows/", rows), path("add/", add)]
application = get_wsgi_application()


def prepare() -> None:
    """The table and its rows."""
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    Row.objects.bulk_create(
        (Row(title=f"第{number}号实施方案", state="submitted") for number in range(ROWS)), batch_size=2000
    )


if __name__ == "__main__" and sys.argv[1:] == ["prepare"]:
    prepare()
