"""Handing files to the browser: those made for the answer, and those kept below MEDIA_ROOT."""

import io
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# FILE-18: shown to nobody by the browser itself, kept nowhere, asked for whole.
HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Accept-Ranges": "none",
}


def download(name: str, content: bytes) -> FileResponse:
    """`content` as an attachment called `name` (Chinese names as RFC 5987), never kept by the browser."""
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def kept_file(place: str, name: str, content_type: str) -> HttpResponse:
    """The file at `place` below MEDIA_ROOT as an attachment called `name`.

    By the proxy from its internal location if there is one, else by ourselves, which raises FileNotFoundError.
    """
    if settings.SANWEI_ACCEL:
        response = HttpResponse(headers={"X-Accel-Redirect": settings.SANWEI_ACCEL + place})
    else:
        response = FileResponse((Path(settings.MEDIA_ROOT) / place).open("rb"))
    response["Content-Type"] = content_type
    response["Content-Disposition"] = content_disposition_header(True, name)
    for header, value in HEADERS.items():
        response[header] = value
    return response
