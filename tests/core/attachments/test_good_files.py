"""Files that are fine come through, and come through unchanged, except that pictures are drawn anew."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from sanwei.core.attachments import storage
from sanwei.core.attachments.intake import take_in
from tests.core.attachments import corpus

LINK = corpus.relationship("hyperlink", "https://www.luan.gov.cn/")

GOOD = {
    "实施方案.docx": corpus.docx(),
    "有网页链接.docx": corpus.docx(parts={"word/_rels/footer9.xml.rels": LINK}),
    "措施分解表.xlsx": corpus.xlsx(),
    "图表.docx": corpus.docx(parts={"word/embeddings/sheet1.xlsx": corpus.xlsx()}),
    "通知.ofd": corpus.ofd(),
    "总结.doc": corpus.doc(),
    "总结.wps": corpus.doc(),
    "新版文字.wps": corpus.docx(),
    "台账.xls": corpus.xls(),
    "台账.et": corpus.xls(),
    "新版表格.et": corpus.xlsx(),
    "通报.PDF": corpus.pdf(),
    "压缩对象.pdf": corpus.pdf(extra=corpus.pdf_object_stream(b"<< /Type /Annot >>")),
    "佐证.zip": corpus.zipped({"一/方案.docx": corpus.docx(), "照片.jpg": corpus.picture()}),
    "说明.zip": corpus.zipped({"说明.txt": "好".encode("gbk"), "名单.csv": "姓名".encode()}),
    "两层.zip": corpus.zipped({"内.zip": corpus.zipped({"说明.txt": b"ok"})}),
}


def upload(name, content):
    return take_in(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("name", GOOD)
def test_a_harmless_file_is_kept_byte_for_byte(name):
    accepted = upload(name, GOOD[name])

    assert accepted.name == name
    assert storage.path_of(accepted.stored_name).read_bytes() == GOOD[name]


def test_the_store_shows_neither_name_nor_kind_and_keeps_others_out(store):
    accepted = upload("方案.docx", corpus.docx())

    path = storage.path_of(accepted.stored_name)
    assert [found for found in store.rglob("*") if found.is_file()] == [path]
    assert path.suffix == ""
    assert oct(path.stat().st_mode & 0o777) == "0o640"
    assert storage.digest(path) == accepted.sha256


def test_a_photo_keeps_its_pixels_upright_and_nothing_else():
    accepted = upload("现场.jpg", corpus.photo_with_place())

    kept = storage.path_of(accepted.stored_name).read_bytes()
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.size, dict(picture.getexif()), picture.info.get("comment")) == ((40, 60), {}, None)
    assert b"CANARY" not in kept
    assert accepted.sha256 == storage.digest(storage.path_of(accepted.stored_name))


@pytest.mark.parametrize(
    ("mode", "kept"),
    [("1", "1"), ("L", "L"), ("P", "RGBA"), ("RGBA", "RGBA"), ("RGB", "RGB"), ("I;16", "RGB")],
)
def test_every_kind_of_png_is_drawn_anew(mode, kept):
    accepted = upload("截图.png", corpus.picture("PNG", mode=mode))

    with Image.open(storage.path_of(accepted.stored_name)) as picture:
        assert (picture.mode, picture.size) == (kept, (60, 40))


def test_what_stands_behind_a_picture_is_not_kept():
    accepted = upload("图片.png", corpus.picture("PNG") + corpus.zipped({"a.txt": b"HIDDEN"}))

    assert b"HIDDEN" not in storage.path_of(accepted.stored_name).read_bytes()


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\fakepath\\方案.docx", "方案.docx"),
        ("a\u202excod.docx", "axcod.docx"),
        ("长" * 300 + ".docx", "长" * 100 + ".docx"),
        ('一"二<三>.docx', "一_二_三_.docx"),
    ],
)
def test_a_name_is_kept_short_and_plain(given, kept):
    file = SimpleUploadedFile("x.docx", corpus.docx())
    file._name = given

    assert take_in(file).name == kept
