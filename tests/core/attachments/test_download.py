"""Who is handed a paper, and how it is handed over (AUTHZ-10, FILE-18)."""

import datetime as dt
import uuid
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sanwei.core import clock
from sanwei.core.attachments import storage
from sanwei.core.attachments.actions import attach, remove
from tests.core.attachments import corpus

CONTENT = corpus.pdf("只给本单位看")


@pytest.fixture
def paper(cast):
    return attach(cast.plan, SimpleUploadedFile("整改 方案（定稿）.pdf", CONTENT), cast.clerk)


@pytest.fixture
def ask(client):
    def ask(user, key, **headers):
        client.logout()
        if user:
            client.force_login(user)
        return client.get(reverse("attachments:download", args=[key]), headers=headers)

    return ask


def test_who_may_see_the_record_gets_the_file(cast, paper, ask):
    for user in (cast.clerk, cast.head, cast.officer, cast.leader):
        response = ask(user, paper.pk)
        assert (response.status_code, response.getvalue()) == (200, CONTENT)


def test_everyone_else_is_told_there_is_no_such_file(cast, paper, ask):
    never_used = ask(cast.stranger, uuid.uuid4())

    for user in (cast.stranger, cast.other_head, cast.inspector, None):
        response = ask(user, paper.pk)
        assert response.status_code == 404
        assert "方案" not in response.content.decode()
    assert ask(cast.stranger, paper.pk).status_code == never_used.status_code


def test_the_right_ends_with_the_post(cast, paper, ask):
    cast.clerk.posts.update(ends_on=clock.today() - dt.timedelta(days=1))

    assert ask(cast.clerk, paper.pk).status_code == 404


def test_a_removed_paper_is_gone_for_everyone(cast, paper, ask):
    remove(paper, cast.clerk)

    assert ask(cast.clerk, paper.pk).status_code == 404


def test_the_browser_is_told_to_keep_it_and_not_to_run_it(cast, paper, ask):
    response = ask(cast.clerk, paper.pk)

    name = quote("整改 方案（定稿）.pdf")
    assert {header: response[header] for header in ("Content-Type", "Content-Disposition")} == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f"attachment; filename*=utf-8''{name}",
    }
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"


def test_a_range_is_answered_with_the_whole(cast, paper, ask):
    response = ask(cast.clerk, paper.pk, range="bytes=0-3")

    assert (response.status_code, response.getvalue(), response["Accept-Ranges"]) == (200, CONTENT, "none")
    assert ask(cast.stranger, paper.pk, range="bytes=0-3").status_code == 404


def test_the_proxy_hands_over_where_there_is_one(cast, paper, ask, settings):
    settings.SANWEI_ACCEL = "/internal-media/"

    response = ask(cast.clerk, paper.pk)

    assert response["X-Accel-Redirect"] == "/internal-media/" + storage.relative_path(paper.stored_name)
    assert (response.content, response["Content-Type"]) == (b"", "application/pdf")
    assert "X-Accel-Redirect" not in ask(cast.stranger, paper.pk)


@pytest.mark.parametrize("path", ["/media-is-not-served/", "/media/", "/internal-media/"])
def test_no_address_leads_to_the_store_itself(cast, paper, client, settings, path):
    settings.SANWEI_ACCEL = "/internal-media/"
    client.force_login(cast.clerk)

    assert client.get(path + storage.relative_path(paper.stored_name)).status_code == 404


def test_only_reading_is_answered(cast, paper, client):
    client.force_login(cast.clerk)

    assert client.post(reverse("attachments:download", args=[paper.pk])).status_code == 405
    assert client.head(reverse("attachments:download", args=[paper.pk])).status_code == 200


def test_handing_over_asks_little_of_the_database(cast, paper, client, django_assert_max_num_queries):
    client.force_login(cast.clerk)

    with django_assert_max_num_queries(8):
        client.get(reverse("attachments:download", args=[paper.pk]))
