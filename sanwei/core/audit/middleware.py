"""Gives each request its id and its origin, and stamps the instant at which it reached us."""

import contextlib
import datetime as dt
import ipaddress
import re
import uuid

from django.conf import settings

from sanwei.core import clock
from sanwei.core.audit.context import Origin, origin

TRUSTED_SKEW = dt.timedelta(seconds=120)
STAMP = re.compile(r"^t=(\d{10}\.\d{1,6})$")


def origin_middleware(get_response):
    """Set request.received_at (TIME-02), request.request_id and the origin read by record()."""

    def middleware(request):
        request.received_at = received_at(request)
        request.request_id = uuid.uuid4().hex[:16]
        token = origin.set(Origin(request.request_id, client_address(request)))
        try:
            response = get_response(request)
        finally:
            origin.reset(token)
        response["X-Request-ID"] = request.request_id
        return response

    return middleware


def received_at(request) -> dt.datetime:
    """The proxy's X-Request-Start (`t=seconds.micros`) when it is believable, else the present instant."""
    now = clock.now()
    stamp = STAMP.match(request.headers.get("X-Request-Start", "")) if settings.SANWEI_BEHIND_PROXY else None
    if stamp is None:
        return now
    arrived = dt.datetime.fromtimestamp(float(stamp[1]), tz=dt.UTC)
    return arrived if now - TRUSTED_SKEW <= arrived <= now else now


def client_address(request) -> str | None:
    """The address the proxy saw; the peer's own address when there is no proxy; None if it is no address."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.SANWEI_BEHIND_PROXY else ""
    claimed = forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(claimed))
    return None
