"""Looking after the store."""

import os
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from sanwei.core.attachments import storage
from sanwei.core.attachments.actions import attach, remove
from tests.core.attachments import corpus
from tests.core.attachments.refusals import left_in

DAY = 24 * 3600


def age(path, seconds):
    then = time.time() - seconds
    os.utime(path, (then, then))


def left_over(folder, name="0" * 32):
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(b"half a file")
    return path


@pytest.fixture
def paper(cast):
    return attach(cast.plan, SimpleUploadedFile("方案.docx", corpus.docx()), cast.clerk)


def test_the_sweep_takes_what_nobody_owns_once_it_is_a_day_old(paper, cast, store, capsys):
    kept = storage.path_of(remove(paper, cast.clerk).stored_name)
    orphan = left_over(store / "attachments" / "00")
    torn = left_over(store / "attachments" / "incoming" / "abc", "received")
    fresh = left_over(store / "attachments" / "01")
    for path in (kept, orphan, torn):
        age(path, DAY + 60)
    age(fresh, DAY - 60)

    call_command("sweep_attachments")

    assert sorted(left_in(store)) == sorted([kept, fresh])
    assert not torn.parent.exists()
    assert capsys.readouterr().out == "已清理 2 个无主文件。\n"


def test_the_sweep_of_an_empty_store_does_nothing(db, capsys):
    call_command("sweep_attachments")

    assert capsys.readouterr().out == "已清理 0 个无主文件。\n"


def test_verifying_finds_everything_as_it_was(paper, capsys):
    call_command("verify_attachments")

    assert capsys.readouterr().out == "全部附件完好。\n"


@pytest.mark.parametrize("harm", ["changed", "missing"])
def test_verifying_names_what_has_changed_or_is_missing(paper, harm):
    path = storage.path_of(paper.stored_name)
    path.unlink() if harm == "missing" else path.write_bytes(path.read_bytes()[:-1] + b"x")

    with pytest.raises(CommandError) as raised:
        call_command("verify_attachments")

    line = f"{paper.pk} {paper.stored_name} {paper.at:%Y-%m-%d}"
    assert str(raised.value) == f"1 个附件缺失或已被改动，请从备份恢复：\n{line}"
