"""Documents that are refused, and the words in which it is said (FILE-07; security.md rules 21 and 23)."""

from tests.core.attachments import corpus
from tests.core.attachments.compound import compound
from tests.core.attachments.refusals import (
    EMBEDDED,
    LOCKED,
    OUTSIDE,
    cases,
    damaged,
    left_in,
    macros,
    mismatch,
    refusal,
)

MACRO_TYPES = b"""<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml"
 ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"""
LAUGHS = b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w>&b;</w>'
ENTITY = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>'
INCLUDE = b'<x xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="file:///etc/passwd"/></x>'
DDE = b'<p xmlns="w"><instrText>DDEAU</instrText><instrText>TO c:\\x</instrText></p>'
DDE_SIMPLE = b'<p xmlns="w"><fldSimple instr="DDE cmd"/></p>'
UNC = "\\\\10.0.0.1\\share\\a.png"


def linked(kind, target):
    return corpus.docx(parts={"word/_rels/a.rels": corpus.relationship(kind, target)})


def with_part(name, content):
    return corpus.docx(parts={name: content})


def with_object(content):
    return corpus.docx(parts={"word/embeddings/a.bin": content})


@cases(
    {
        "程序.doc": (lambda: b"MZ\x90\0" + bytes(600), mismatch("doc")),
        "网页.xls": (lambda: b"<html><table></table></html>", mismatch("xls")),
        "新格式.doc": (corpus.docx, mismatch("doc")),
        "旧格式.docx": (corpus.doc, mismatch("docx")),
        "表格.docx": (corpus.xlsx, mismatch("docx")),
        "表格.doc": (corpus.xls, mismatch("doc")),
        "压缩包.docx": (lambda: corpus.zipped({"a.txt": b"x"}), mismatch("docx")),
        "压缩包.ofd": (lambda: corpus.zipped({"a.txt": b"x"}), mismatch("ofd")),
        "文字.pdf": (lambda: b"hello", mismatch("pdf")),
        "截图.jpg": (lambda: corpus.picture("PNG"), mismatch("jpg", "看图软件")),
        "动图.png": (lambda: corpus.picture("GIF"), mismatch("png", "看图软件")),
    }
)
def test_content_must_be_what_the_extension_says(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


@cases(
    {
        "宏.docx": (lambda: with_part("word/vbaProject.bin", b"x"), macros("docx")),
        "启用宏.docx": (lambda: with_part("[Content_Types].xml", MACRO_TYPES), macros("docx")),
        "宏表.xlsx": (lambda: corpus.xlsx(parts={"xl/macrosheets/a.xml": b"<x/>"}), macros("xlsx")),
        "嵌宏表.docx": (lambda: with_object(corpus.xls(_VBA_PROJECT_CUR={"VBA": b""})), macros("docx")),
        "套宏.docx": (lambda: with_object(with_part("word/vbaProject.bin", b"x")), macros("docx")),
        "宏.doc": (lambda: corpus.doc(Macros={"VBA": {"dir": b""}}), macros("doc")),
        "宏.xls": (lambda: corpus.xls(_VBA_PROJECT_CUR={"PROJECT": b""}), macros("xls")),
        "旧宏表.xls": (lambda: corpus.xls((0x85, bytes([0, 0, 0, 0, 0, 1, 4, 0]) + b"Auto")), macros("xls")),
    }
)
def test_macros_are_refused(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


@cases(
    {
        "模板.docx": (lambda: linked("attachedTemplate", "http://127.0.0.1:9/t.dotm"), OUTSIDE),
        "共享图片.docx": (lambda: linked("image", UNC), OUTSIDE),
        "本机链接.docx": (lambda: linked("hyperlink", "file:///c:/a.exe"), OUTSIDE),
        "共享链接.docx": (lambda: linked("hyperlink", UNC), OUTSIDE),
        "链接.xlsx": (lambda: corpus.xlsx(parts={"xl/externalLinks/a.xml": b"<x/>"}), OUTSIDE),
        "数据源.xlsx": (lambda: corpus.xlsx(parts={"xl/connections.xml": b"<x/>"}), OUTSIDE),
        "大笑.docx": (lambda: with_part("word/a.xml", LAUGHS), OUTSIDE),
        "实体.docx": (lambda: with_part("word/a.xml", ENTITY), OUTSIDE),
        "双字节.docx": (lambda: with_part("word/a.bin", LAUGHS.decode().encode("utf-16")), OUTSIDE),
        "包含.docx": (lambda: with_part("word/a.xml", INCLUDE), OUTSIDE),
        "域.docx": (lambda: with_part("word/a.xml", DDE), OUTSIDE),
        "简单域.docx": (lambda: with_part("word/a.xml", DDE_SIMPLE), OUTSIDE),
    }
)
def test_nothing_may_reach_outside_the_document(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


@cases(
    {
        "网页块.docx": (lambda: with_part("word/afchunk.htm", b"<html/>"), EMBEDDED),
        "嵌程序.docx": (lambda: with_part("word/media/image1.png", b"MZ\x90\0"), EMBEDDED),
        "嵌对象.docx": (lambda: with_object(compound({"\x01Ole10Native": b"x"})), EMBEDDED),
        "嵌程序.doc": (lambda: corpus.doc(ObjectPool={"_1": {"\x01Ole10Native": b"MZ"}}), EMBEDDED),
        "加密.doc": (lambda: corpus.doc(flags=0x0100), LOCKED),
        "加密.xls": (lambda: corpus.xls((0x2F, bytes(6))), LOCKED),
        "加密.docx": (lambda: compound({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), LOCKED),
        "残缺.docx": (lambda: with_part("word/a.xml", b"<a><b></a>"), damaged("docx")),
        "国标码.docx": (
            lambda: with_part("word/a.xml", b"<?xml version='1.0' encoding='gbk'?><a/>"),
            damaged("docx"),
        ),
        "残缺.ofd": (lambda: corpus.zipped({"OFD.xml": b"<ofd"}), damaged("ofd")),
        "截断.doc": (lambda: corpus.doc()[:700], damaged("doc")),
        "两用.doc": (lambda: corpus.doc() + corpus.zipped({"a.txt": b"x"}), damaged("doc")),
    }
)
def test_what_is_hidden_locked_or_damaged_is_refused(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []
