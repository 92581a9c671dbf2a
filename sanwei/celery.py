"""The Celery application. Messages are wake-up calls only; the truth is rows in the database."""

import os

from celery import Celery

from sanwei import folder  # noqa: F401  the embedded queue has a scheme of its own

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sanwei.settings")

app = Celery("sanwei")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "sanwei.core.accounts",
        "sanwei.core.attachments",
        "sanwei.core.audit",
        "sanwei.core.exports",
        "sanwei.core.notifications",
        "units.plans",
        "units.rectification",
        "assessments.accountability",
        "assessments.bulletins",
        "assessments.ledger",
        "assessments.inspections.findings",
    ],
)
