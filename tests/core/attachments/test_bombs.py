"""Files that would cost too much, or are not what their headers say (FILE-05)."""

import errno
import os
import random
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from sanwei.core.attachments.intake import take_in
from tests.core.attachments import corpus
from tests.core.attachments.corpus import zipped
from tests.core.attachments.refusals import BOMB, LOCKED, cases, damaged, left_in, macros, mismatch, refusal

TOO_LARGE = "超过 4000 万像素，请缩小后再上传"
TORN = "已损坏或格式特殊，请用看图软件打开后另存为 .jpg 再上传"


def many(count):
    return zipped({f"{number}.txt": b"" for number in range(count)}, zipfile.ZIP_STORED)


def nested_bomb():
    return zipped({"0.zip": zipped({f"{n}.txt": bytes(2_000_000) for n in range(10)})}, zipfile.ZIP_STORED)


def three_deep():
    return zipped({"1.zip": zipped({"2.zip": zipped({"a.txt": b"x"})})})


def slow_markup():
    """Some 66 MB of small elements that do not pack too well to be let in; takes three seconds to read."""
    digits = random.Random(3).randbytes(300_000).hex().encode()
    elements = b"".join(b"<b>%s</b>" % digits[n : n + 4] for n in range(600_000))
    return b"<XInclude>" + 10 * elements + b"</XInclude>"


@cases(
    {
        "一万比一.zip": (lambda: zipped({"a.txt": bytes(10_000_000)}), BOMB),
        "里面.zip": (nested_bomb, f"中的“0.zip”{BOMB}"),
        "三层.zip": (three_deep, "中的“1.zip”中的“2.zip”中压缩包层层嵌套，请解压后再上传"),
        "两千零一.zip": (lambda: many(2001), BOMB),
        "六万.zip": (lambda: many(60_000), BOMB),
        "九万.zip": (lambda: many(90_000), BOMB),
        "重叠.zip": (corpus.overlapping, damaged("zip")),
        "少报.zip": (corpus.understated, damaged("zip")),
        "多报.zip": (corpus.overstated, BOMB),
    }
)
def test_a_zip_is_counted_before_it_is_unpacked(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


@cases(
    {
        "加密.zip": (corpus.encrypted_zip, LOCKED),
        "链接.zip": (corpus.linking_zip, damaged("zip")),
        "爬出.zip": (lambda: zipped({"../../a.txt": b"x"}), damaged("zip")),
        "绝对.zip": (lambda: zipped({"/etc/a.txt": b"x"}), damaged("zip")),
        "同名.zip": (lambda: zipped({"a.txt": b"x", "A.TXT": b"y"}), damaged("zip")),
        "尾随.zip": (lambda: zipped({"a.txt": b"x"}) + b"<script>", damaged("zip")),
        "前缀.zip": (lambda: b"#!/bin/sh\n" + zipped({"a.txt": b"x"}), mismatch("zip")),
        "程序.zip": (
            lambda: zipped({"setup.exe": b"MZ"}),
            "中的“setup.exe”不是允许的文件类型，请删除后重新压缩再上传",
        ),
        "装作.zip": (lambda: zipped({"setup.jpg": b"MZ"}), f"中的“setup.jpg”{mismatch('jpg', '看图软件')}"),
        "宏.zip": (lambda: zipped({"宏.doc": corpus.doc(Macros={"a": b""})}), f"中的“宏.doc”{macros('doc')}"),
    }
)
def test_a_zip_may_hold_only_what_could_be_uploaded_alone(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


@cases(
    {
        "截断.jpg": (lambda: corpus.picture(size=(600, 400))[:900], TORN),
        "巨图.png": (lambda: corpus.picture("PNG", (8000, 6000), "1"), TOO_LARGE),
        "特大图.png": (lambda: corpus.picture("PNG", (12000, 9000), "1"), TOO_LARGE),
    }
)
def test_a_picture_that_cannot_be_drawn_anew_is_not_kept_as_it_is(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


def test_kinds_that_are_not_on_the_list_are_not_even_opened(store):
    allowed = "doc、docx、wps、xls、xlsx、et、pdf、ofd、jpg、jpeg、png、zip"
    names = ["宏.docm", "程序.exe", "无扩展名", "网页.svg"]

    assert [refusal(name, b"x") for name in names] == [
        [f"文件“{name}”的类型不在允许范围内，请另存为以下类型之一再上传：{allowed}。"] for name in names
    ]
    assert left_in(store) == []


def test_a_file_over_the_size_cap_is_refused_while_it_comes_in(settings, store):
    settings.SANWEI_ATTACHMENT_MAX_MB = 1

    said = refusal("大.pdf", bytes(1024 * 1024 + 1))

    assert said == ["文件“大.pdf”超过 1 MB，请压缩图片或拆分成几个文件后再上传。"]
    assert left_in(store) == []


def test_nothing_is_taken_in_when_the_disk_is_nearly_full(settings, store):
    settings.SANWEI_DISK_FLOOR_MB = 10**12

    said = refusal("方案.docx", corpus.docx())

    assert said == ["文件“方案.docx”未上传：服务器存储空间不足，请联系系统管理员扩容后再上传。"]
    assert left_in(store) == []


class Filling(SimpleUploadedFile):
    """An upload during which something else takes the last byte of the disk."""

    number = errno.ENOSPC

    def chunks(self, chunk_size=None):
        yield b"%PDF-1.4"
        raise OSError(self.number, os.strerror(self.number))


def test_a_disk_that_fills_meanwhile_is_said_in_words_and_nothing_is_left(store):
    with pytest.raises(ValidationError, match="未上传：服务器存储空间不足"):
        take_in(Filling("方案.pdf", b"%PDF-1.4"))

    assert left_in(store) == []


def test_another_fault_of_the_disk_is_not_taken_for_a_full_one():
    broken = Filling("方案.pdf", b"%PDF-1.4")
    broken.number = errno.EIO

    with pytest.raises(OSError, match="Input/output error"):
        take_in(broken)


def test_an_empty_file_is_refused():
    assert refusal("空.pdf", b"") == ["文件“空.pdf”是空文件，请核对后重新选择。"]


@pytest.mark.parametrize(
    "limits",
    [
        {"SANWEI_ATTACHMENT_CHECK_SECONDS": 0},
        {"SANWEI_ATTACHMENT_CHECK_SECONDS": 1},
        {"SANWEI_ATTACHMENT_CHECK_MB": 64},
    ],
)
def test_a_file_that_eats_time_or_memory_kills_only_the_child(settings, store, limits):
    for name, value in limits.items():
        setattr(settings, name, value)

    said = refusal("慢.docx", corpus.docx(parts={"word/a.xml": slow_markup()}))

    assert said == ["文件“慢.docx”未能通过安全检查（内容过于复杂或已损坏），请拆分或重新另存后再上传。"]
    assert left_in(store) == []
