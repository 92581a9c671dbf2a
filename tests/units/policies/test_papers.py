"""Papers of a document, handed in and removed in the browser."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from sanwei.core.attachments.models import Attachment
from tests.core.attachments import corpus
from tests.units.policies.build import policy


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def office(cast, client):
    client.force_login(cast.officer)
    return client


def told(response):
    """What stands on the page, tags aside."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return html.unescape(re.sub(r"\s+", " ", text))


def test_papers_are_handed_in_several_at_once(office):
    entered = policy()
    files = [SimpleUploadedFile("原件.pdf", corpus.pdf()), SimpleUploadedFile("坏.doc", b"MZ")]

    page = office.post(
        reverse("policies:upload", args=[entered.pk]), {"files": files, "unclassified": "on"}, follow=True
    )

    text = told(page)
    assert [paper.name for paper in Attachment.objects.of(entered)] == ["原件.pdf"]
    assert "已上传 1 个文件：“原件.pdf”。" in text
    assert "文件“坏.doc”的内容与扩展名不符，请用 WPS/Office 打开后另存为 .doc 再上传。" in text
    assert "本系统为非涉密系统，严禁处理、存储、传输国家秘密和工作秘密信息" in text


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"unclassified": "on"}, "请先选择要上传的文件。"),
        ({"files": "pdf"}, "请先勾选“已确认不含涉密内容”，再上传文件。"),
    ],
)
def test_an_upload_without_file_or_promise_is_told_so(office, sent, said):
    entered = policy()
    if "files" in sent:
        sent = {"files": SimpleUploadedFile("原件.pdf", corpus.pdf())}

    page = office.post(reverse("policies:upload", args=[entered.pk]), sent, follow=True)

    assert said in told(page)
    assert [*Attachment.objects.of(entered)] == []


def test_a_paper_is_removed_from_the_page(office):
    entered = policy()
    office.post(
        reverse("policies:upload", args=[entered.pk]),
        {"files": SimpleUploadedFile("原件.pdf", corpus.pdf()), "unclassified": "on"},
    )
    paper = Attachment.objects.of(entered).get()

    page = office.post(reverse("policies:remove_paper", args=[entered.pk, paper.pk]), follow=True)

    assert "附件已移除。" in told(page)
    assert [*Attachment.objects.of(entered)] == []
