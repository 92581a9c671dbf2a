"""What stops a person: in the form the caller reads, with the request number, and without database or session."""

import re

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import override_settings
from django.urls import path

from sanwei.core.doors import public
from sanwei.core.refusals import Refused, WrongState

MESSAGE = "不能签收：任务当前状态为“已办结”。请查看办理过程。"
FAULTS = {
    "refused": Refused("此表单已经提交过。"),
    "marked": Refused("<script>alert(1)</script>"),
    "wrong": WrongState(MESSAGE),
    "denied": PermissionDenied(),
    "gone": Http404(),
    "odd": SuspiciousOperation("x"),
    "huge": RequestDataTooBig("x"),
    "broken": ZeroDivisionError("secret detail"),
    "down": OperationalError("connection refused at db.internal"),
}


@public
def fault(request, kind):
    raise FAULTS[kind]


urlpatterns = [
    path("fault/<slug:kind>/", fault),
    path("api/v1/fault/<slug:kind>/", fault),
]
handler400 = "sanwei.core.ui.views.bad_request"
handler403 = "sanwei.core.ui.views.permission_denied"
handler404 = "sanwei.core.ui.views.page_not_found"
handler500 = "sanwei.core.ui.views.server_error"


@pytest.fixture(autouse=True)
def faulty_site(client):
    client.raise_request_exception = False
    with override_settings(ROOT_URLCONF=__name__):
        yield


def text(response) -> str:
    """The words of a page."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


@pytest.mark.parametrize(
    ("kind", "status", "heading", "words"),
    [
        ("wrong", 409, "未能办理", MESSAGE),
        ("denied", 403, "不能办理", "您的岗位没有办理此事项的权限。"),
        ("gone", 404, "没有找到该页面", "可能已被移除，或您无权查看。"),
        ("odd", 400, "请求有误", "请返回上一页核对后重新提交。"),
        ("huge", 413, "内容过大", "请减少附件的数量或大小后重新提交。"),
        ("broken", 500, "系统出错", "本次操作没有完成"),
        ("down", 503, "系统暂时无法使用", "请在一分钟后重新打开本页。"),
    ],
)
def test_each_error_has_a_page_that_says_what_to_do(client, kind, status, heading, words):
    response = client.get(f"/fault/{kind}/")
    page = text(response)

    assert response.status_code == status
    assert heading in page
    assert words in page
    assert f"请求编号：{response['X-Request-ID']}" in page
    assert "secret detail" not in page
    assert "db.internal" not in page


def test_pages_of_errors_need_no_database(client):
    statuses = [client.get(f"/fault/{kind}/").status_code for kind in FAULTS]
    assert statuses == [409, 409, 409, 403, 404, 400, 413, 500, 503]


def test_a_database_that_is_down_says_when_to_come_back(client):
    assert client.get("/fault/down/")["Retry-After"] == "60"


def test_htmx_gets_a_message_for_the_message_area(client):
    response = client.get("/fault/wrong/", headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (409, "#messages")
    assert text(response) == f"{MESSAGE} 请求编号：{response['X-Request-ID']}"


@pytest.mark.parametrize(
    ("address", "headers"),
    [
        ("/fault/wrong/", {"Accept": "application/json"}),
        ("/fault/wrong/", {"X-Autosave": "1"}),
        ("/api/v1/fault/wrong/", {}),
    ],
)
def test_programs_get_json(client, address, headers):
    response = client.get(address, headers=headers)
    assert response.status_code == 409
    assert response.json() == {"message": MESSAGE, "request_id": response["X-Request-ID"]}


def test_a_browser_that_also_takes_json_gets_the_page(client):
    response = client.get("/fault/refused/", headers={"Accept": "text/html,application/json"})
    assert "此表单已经提交过。" in text(response)


@pytest.mark.parametrize(
    ("referer", "offered"),
    [
        ("http://testserver/units/plans/7/", ['href="http://testserver/units/plans/7/"']),
        ("https://elsewhere.example/", []),
        ("javascript:alert(1)", []),
        ("http://testserver/fault/wrong/", []),
    ],
)
def test_the_way_back_leads_to_a_page_of_ours(client, referer, offered):
    page = client.get("/fault/wrong/", headers={"Referer": referer}).content.decode()
    assert re.findall(r'href="[^"]*"(?=>返回上一页)', page) == offered


def test_a_message_is_shown_as_text(client):
    assert b"<script>alert" not in client.get("/fault/marked/").content


def test_a_forged_host_gets_a_page_too(client):
    response = client.get("/fault/gone/", headers={"Host": "evil.example"})
    assert (response.status_code, "请求有误" in text(response)) == (400, True)


def test_a_post_without_the_key_of_its_page_says_to_reload(client):
    client.handler.enforce_csrf_checks = True
    response = client.post("/fault/refused/")
    assert response.status_code == 403
    assert "页面已失效，未能提交。请返回上一页并刷新，核对后重新提交。" in text(response)


def test_the_telephone_of_the_office_is_named_when_it_is_known(client, settings):
    settings.SANWEI_FOOTER = {**settings.SANWEI_FOOTER, "phone": "0564-3379000"}
    assert "拨打 0564-3379000" in text(client.get("/fault/broken/"))
