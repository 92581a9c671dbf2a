"""The library is read by everyone who signs in and kept by the office."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sanwei.core.attachments.actions import attach
from sanwei.core.attachments.models import Attachment
from tests.core.attachments import corpus
from tests.units.policies.build import policy
from units.policies import access
from units.policies.models import Policy

TYPED = {
    "kind": "notice",
    "number_printed": "直创字[2026]9号",
    "title": "不该存下的标题",
    "issuers": "领导组办公室",
    "version": "1",
}


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def document(cast):
    return policy(full_text="一、目标。只给登录的人看")


@pytest.fixture
def paper(cast, document):
    return attach(document, SimpleUploadedFile("原件.pdf", corpus.pdf()), cast.officer)


def writes(document, paper):
    """Every POST of the room: (address, what is sent)."""
    at = [document.pk]
    return [
        (reverse("policies:create"), TYPED),
        (reverse("policies:edit", args=at), TYPED),
        (reverse("policies:repeal", args=at), {"reason": "不应生效"}),
        (reverse("policies:reinstate", args=at), {"reason": "不应生效"}),
        (
            reverse("policies:upload", args=at),
            {"files": SimpleUploadedFile("a.pdf", corpus.pdf("二")), "unclassified": "on"},
        ),
        (reverse("policies:remove_paper", args=[document.pk, paper.pk]), {}),
    ]


def state_of_the_room():
    return [*Policy.objects.values_list("title", "state", "version")], Attachment.objects.present().count()


def test_the_office_keeps_the_library(cast, document):
    verbs = (access.can_edit, access.can_repeal, access.can_reinstate)

    for user in (cast.officer, cast.office_head):
        assert access.can_create(user)
        assert [may(user, document) for may in verbs] == [True] * 3


def test_those_who_read_may_not_write(cast, client, document, paper):
    before = state_of_the_room()

    for user in (cast.clerk, cast.head, cast.lead, cast.leader, cast.inspector):
        client.force_login(user)
        assert client.get(reverse("policies:detail", args=[document.pk])).status_code == 200
        assert client.get(reverse("policies:create")).status_code == 403
        assert client.get(reverse("policies:edit", args=[document.pk])).status_code == 403
        assert [client.post(url, data).status_code for url, data in writes(document, paper)] == [403] * 6
    assert state_of_the_room() == before


def test_a_reader_is_shown_no_way_to_write(cast, client, document, paper):
    client.force_login(cast.clerk)

    page = client.get(reverse("policies:detail", args=[document.pk])).content.decode()

    assert reverse("attachments:download", args=[paper.pk]) in page
    assert [url for url, _data in writes(document, paper) if url in page] == []
    assert reverse("policies:create") not in client.get(reverse("policies:list")).content.decode()


def test_a_visitor_sees_nothing_at_all(client, document, paper):
    before = state_of_the_room()
    pages = [
        reverse("policies:list"),
        document.get_absolute_url(),
        reverse("policies:edit", args=[document.pk]),
    ]

    for url in pages:
        response = client.get(url)
        assert (response.status_code, response.url) == (302, f"{reverse('accounts:sign_in')}?next={url}")
    assert [client.post(url, data).status_code for url, data in writes(document, paper)] == [302] * 6
    assert client.get(reverse("attachments:download", args=[paper.pk])).status_code == 404
    assert state_of_the_room() == before
    assert [*Policy.objects.visible_to(AnonymousUser())] == []


def test_a_document_that_never_was_is_not_found(cast, client, document, paper):
    client.force_login(cast.officer)
    gone = Policy(pk=document.pk + 1)

    assert client.get(gone.get_absolute_url()).status_code == 404
    assert [client.post(url, data).status_code for url, data in writes(gone, paper)[1:]] == [404] * 5


def test_a_paper_of_another_document_is_not_removed_by_this_one(cast, client, document, paper):
    other = policy("直创字[2006]2号")
    client.force_login(cast.officer)

    response = client.post(reverse("policies:remove_paper", args=[other.pk, paper.pk]))

    assert response.status_code == 404
    assert [*Attachment.objects.of(document)] == [paper]
