"""Handing a made file to the browser."""

import io

from django.http import FileResponse


def download(name: str, content: bytes) -> FileResponse:
    """`content` as an attachment called `name` (Chinese names as RFC 5987), never kept by the browser."""
    response = FileResponse(io.BytesIO(content), as_attachment=True, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
