"""Pages that stop a person: ours, in Chinese, with the request's number, and no word of the machine (HDR-09)."""

import re

import pytest
from django.db import OperationalError, connection
from django.test import Client

from tests.security.people import PASSWORD, sign_in
from tests.security.workflows import all_powers, press

MACHINE = ("Traceback", "File \"", "Error", "Exception", "django", "psycopg", "sqlite", "/work", "sanwei/", "SELECT", "secret")  # fmt: skip


@pytest.fixture
def visitor() -> Client:
    """A browser that checks forms as the production does and shows the page of an error."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def require_own_page(answer, status: int, heading: str):
    text = words(answer)
    assert answer.status_code == status
    assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert f"请求编号：{answer['X-Request-ID']}" in text
    assert "0564-3379000" in text
    assert [word for word in MACHINE if word in text] == []
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.fixture(autouse=True)
def telephone(settings):
    settings.SANWEI_FOOTER = {**settings.SANWEI_FOOTER, "phone": "0564-3379000"}


def test_hdr_09_bad_request(db, visitor):
    require_own_page(visitor.get("/", headers={"Host": "evil.example"}), 400, "请求有误")


@pytest.mark.parametrize("path", ["/audit/", "/admin/", "/admin/core/user/", "/dashboard/"])
def test_hdr_09_forbidden(cast, visitor, path):
    visitor.force_login(cast.clerk)

    require_own_page(visitor.get(path, follow=True), 403, "不能办理")


@pytest.mark.parametrize("path", ["/accounts/sign_in/", "/accounts/sign_out/", "/units/plans/urge/"])
def test_hdr_09_a_form_without_its_key(cast, visitor, path):
    visitor.force_login(cast.officer)

    answer = visitor.post(path, {"username": "x", "password": PASSWORD})
    require_own_page(answer, 403, "不能办理")
    assert "页面已失效" in words(answer)


@pytest.mark.parametrize("path", ["/no-such-page/", "/units/plans/999999/", "/<script>secret</script>/"])
def test_hdr_09_not_found(cast, visitor, path):
    visitor.force_login(cast.clerk)

    require_own_page(visitor.get(path), 404, "没有找到该页面")


def test_hdr_09_not_now(cast, client):
    client.force_login(all_powers(cast))

    require_own_page(press(client, cast.plan, "approve"), 409, "未能办理")


def test_hdr_09_too_large(cast, client):
    client.force_login(cast.officer)
    fields = {f"x{number}": "" for number in range(5001)}

    require_own_page(client.post("/units/plans/urge/", fields), 413, "内容过大")


@pytest.fixture
def dead(db):
    """Every statement finds the server gone."""

    def gone(execute, sql, params, many, context):
        raise OperationalError("connection to server at db.internal failed: secret")

    with connection.execute_wrapper(gone):
        yield


@pytest.mark.parametrize(
    "path",
    ["/", "/desk/", "/units/plans/", "/bulletins/", "/accounts/", "/admin/", "/find/?q=x", "/dashboard/"],
)
def test_hdr_09_with_the_database_dead_every_page_says_come_back(cast, visitor, dead_after_sign_in, path):
    answer = dead_after_sign_in.get(path)

    require_own_page(answer, 503, "系统暂时无法使用")
    assert answer["Retry-After"] == "60"


@pytest.fixture
def dead_after_sign_in(cast, visitor, request):
    """Somebody signed in, and then the database died."""
    visitor.force_login(cast.officer)
    request.getfixturevalue("dead")
    return visitor


def test_hdr_09_with_the_database_dead_the_door_says_so_and_the_process_lives(dead):
    door = Client(raise_request_exception=False)

    require_own_page(sign_in(door, "clerk"), 503, "系统暂时无法使用")
    assert (door.get("/healthz").status_code, door.get("/readyz").status_code) == (200, 503)
    assert "secret" not in door.get("/readyz").content.decode()


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_hdr_09_with_no_server_to_connect_to(cast, visitor):
    visitor.force_login(cast.officer)
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], 1
    connection.close()
    try:
        answers = [visitor.get("/desk/"), visitor.get("/")]
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()

    for answer in answers:
        require_own_page(answer, 503, "系统暂时无法使用")
    assert visitor.get("/desk/").status_code == 200
