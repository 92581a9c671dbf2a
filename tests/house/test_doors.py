"""Every view says who may knock (AUTHZ-01); the default is to keep the door shut."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse
from django.urls import URLPattern, get_resolver

from sanwei.core.accounts.middleware import DoorMiddleware
from sanwei.core.doors import PUBLIC

# What anybody may open without signing in; a new address here is a decision.
OPEN_TO_ALL = {
    "accounts/sign_in/", "accounts/sign_out/", "attachments/<uuid:key>/", "display/type/", "healthz", "readyz", "",
    "bulletins/", "bulletins/<uuid:public_id>/", "plans/", "plans/<uuid:public_id>/", "exposures/",
    "exposures/<uuid:public_id>/", "cases/", "cases/<uuid:public_id>/", "complaints/", "find/", "admin/login/",
}  # fmt: skip


def addresses(patterns=None, prefix=""):
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield path, pattern.callback
        else:
            yield from addresses(pattern.url_patterns, path)


def test_every_view_declares_its_door():
    assert [path for path, view in addresses() if not hasattr(view, "door")] == []


def test_what_is_open_to_all_is_known():
    assert {path for path, view in addresses() if getattr(view, "door", "") == PUBLIC} == OPEN_TO_ALL


def test_a_view_without_a_door_is_never_run(rf):
    def forgotten(request):
        return HttpResponse("leaked")

    with pytest.raises(ImproperlyConfigured, match="forgotten declares no door"):
        DoorMiddleware(forgotten).process_view(rf.get("/"), forgotten, (), {})


def test_a_visitor_is_sent_to_sign_in_everywhere_else(client, db):
    shut = [path for path, view in addresses() if getattr(view, "door", "") != PUBLIC and "<" not in path]
    answers = {path: client.get(f"/{path}") for path in shut if not path.startswith("admin/")}

    wrong = {
        path: answer.status_code for path, answer in answers.items() if answer.status_code not in (302, 405)
    }
    assert wrong == {}
