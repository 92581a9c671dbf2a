"""Asking for exports as a browser does, and reading what comes."""

import io

from django.conf import settings
from django.test import Client
from openpyxl import load_workbook

from sanwei.core.exports.models import Export

UNITS = "/units/organisation/export/"
PLANS = "/units/plans/export/"
MEASURES = "/units/plans/measures/export/"
AUDIT = "/audit/export/"
WHY = "向领导组会议报告"


def browser(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(user, path=UNITS, **words) -> Export:
    """The export that `user` asks for by the form of the page."""
    answer = browser(user).post(path, {"reason": WHY, **words})
    return Export.objects.get(pk=answer["Location"].strip("/").split("/")[1])


def at_once(user, path=UNITS):
    """The answer to the same address where no list is long."""
    before, settings.SANWEI_EXPORT_AT_ONCE_ROWS = settings.SANWEI_EXPORT_AT_ONCE_ROWS, 500
    try:
        return browser(user).get(path)
    finally:
        settings.SANWEI_EXPORT_AT_ONCE_ROWS = before


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def book_of(answer):
    return load_workbook(io.BytesIO(content_of(answer)))


def rows_of(answer) -> list[tuple]:
    return [*book_of(answer).active.values]


def downloaded(user, export):
    return browser(user).get(f"/exports/{export.pk}/download/")
