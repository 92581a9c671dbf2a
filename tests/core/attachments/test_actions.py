"""Handing in and removing papers."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from sanwei.core.attachments.actions import attach, attach_all, remove
from sanwei.core.attachments.models import Attachment
from sanwei.core.audit.models import Entry
from sanwei.core.refusals import WrongState
from tests.core.attachments import corpus
from tests.core.attachments.refusals import left_in


def upload(name="方案.docx", content=None):
    return SimpleUploadedFile(name, content or corpus.docx())


def papers_of(owner):
    return [paper.name for paper in Attachment.objects.of(owner)]


def test_a_paper_is_kept_with_who_when_and_what(cast):
    paper = attach(cast.plan, upload(), cast.clerk)

    assert (paper.owner, paper.name, paper.uploaded_by) == (cast.plan, "方案.docx", cast.clerk)
    assert paper.content_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    entry = Entry.objects.about(cast.plan).get()
    assert (entry.verb, entry.label, entry.actor) == ("attach", "上传附件", cast.clerk)
    assert entry.detail == {"paper": str(paper.pk), "sha256": paper.sha256}


def test_a_post_sent_twice_makes_one_paper(cast, store):
    content = corpus.docx()

    first = attach(cast.plan, upload(content=content), cast.clerk)
    second = attach(cast.plan, upload(content=content), cast.clerk)

    assert first == second
    assert papers_of(cast.plan) == ["方案.docx"]
    assert Entry.objects.about(cast.plan).count() == 1
    assert len(left_in(store)) == 1


def test_the_same_content_under_another_name_is_named(cast, store):
    content = corpus.docx()
    attach(cast.plan, upload("一.docx", content), cast.clerk)

    with pytest.raises(ValidationError) as raised:
        attach(cast.plan, upload("二.docx", content), cast.clerk)

    assert raised.value.messages == ["文件“二.docx”与已上传的“一.docx”内容相同，无需重复上传。"]
    assert len(left_in(store)) == 1


def test_of_several_files_the_good_ones_are_kept(cast):
    files = [upload(), upload("坏.pdf", b"x"), upload("照片.jpg", corpus.picture())]

    outcome = attach_all(cast.plan, files, cast.clerk)

    assert [paper.name for paper in outcome.kept] == ["方案.docx", "照片.jpg"]
    assert outcome.refused == ["文件“坏.pdf”的内容与扩展名不符，请用 WPS/Office 打开后另存为 .pdf 再上传。"]
    assert papers_of(cast.plan) == ["方案.docx", "照片.jpg"]


def test_a_record_holds_so_many_papers_and_no_more(cast, settings, store):
    settings.SANWEI_ATTACHMENT_MAX_COUNT = 1
    attach(cast.plan, upload(), cast.clerk)

    with pytest.raises(ValidationError) as raised:
        attach(cast.plan, upload("照片.jpg", corpus.picture()), cast.clerk)

    assert raised.value.messages == [
        "文件“照片.jpg”未上传：附件已达 1 个，请先移除不需要的，或合并后再上传。"
    ]
    assert len(left_in(store)) == 1


def test_a_removed_paper_is_gone_from_the_record_but_not_from_the_store(cast, store):
    paper = attach(cast.plan, upload(), cast.clerk)

    removed = remove(paper, cast.head)

    assert (removed.removed_by, papers_of(cast.plan)) == (cast.head, [])
    assert len(left_in(store)) == 1
    entry = Entry.objects.about(cast.plan).first()
    assert (entry.label, entry.detail) == ("移除附件", {"paper": str(paper.pk)})


def test_what_was_removed_can_be_handed_in_again(cast):
    content = corpus.docx()
    remove(attach(cast.plan, upload(content=content), cast.clerk), cast.clerk)

    attach(cast.plan, upload(content=content), cast.clerk)

    assert papers_of(cast.plan) == ["方案.docx"]


def test_a_paper_is_removed_once(cast):
    paper = attach(cast.plan, upload(), cast.clerk)
    remove(paper, cast.clerk)

    with pytest.raises(WrongState) as raised:
        remove(paper, cast.clerk)

    assert raised.value.message == "附件“方案.docx”已被移除，请刷新页面查看。"


def test_a_row_that_cannot_be_written_leaves_no_file(cast, store):
    gone = cast.other_plan
    type(gone).objects.filter(pk=gone.pk).delete()

    with pytest.raises(type(gone).DoesNotExist):
        attach(gone, upload(), cast.clerk)

    assert left_in(store) == []


def test_the_database_itself_refuses_a_twin(cast):
    paper = attach(cast.plan, upload(), cast.clerk)
    twin = Attachment(owner=cast.plan, name="二.docx", stored_name="0" * 32, size=1, sha256=paper.sha256)

    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        twin.save(force_insert=True)


def test_a_visitor_without_an_account_may_hand_in(cast):
    paper = attach(cast.plan, upload(), None)

    assert (paper.uploaded_by, Entry.objects.about(cast.plan).get().actor) == (None, None)
