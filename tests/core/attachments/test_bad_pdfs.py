"""PDF files that run something, hide something, or cannot be read through."""

import zlib

from tests.core.attachments import corpus
from tests.core.attachments.corpus import pdf_object, pdf_object_stream
from tests.core.attachments.refusals import BOMB, LOCKED, cases, left_in, mismatch, refusal

ACTIVE = "含有脚本、表单动作或嵌入文件，请用“打印成 PDF”的方式重新生成后再上传"
BROKEN = "已损坏或无法检查，请用“打印成 PDF”的方式重新生成后再上传"


def packed_bomb():
    return pdf_object_stream(b"", packed=zlib.compress(b"91 0 " + bytes(120_000_000)))


@cases(
    {
        "脚本.pdf": (lambda: pdf_object(b"<< /S /JavaScript /JS (app.alert) >>"), ACTIVE),
        "打开即运行.pdf": (lambda: pdf_object(b"<< /OpenAction << /S /JavaScript >> >>"), ACTIVE),
        "换码.pdf": (lambda: pdf_object(b"<< /S /J#61vaScr#69pt >>"), ACTIVE),
        "启动.pdf": (lambda: pdf_object(b"<< /S /Launch /F (cmd.exe) >>"), ACTIVE),
        "内嵌.pdf": (lambda: pdf_object(b"<< /Type /EmbeddedFile >>"), ACTIVE),
        "藏脚本.pdf": (lambda: pdf_object_stream(b"<< /S /JavaScript /JS (x) >>"), ACTIVE),
        "藏短名.pdf": (lambda: pdf_object_stream(b"<< /#4AS (x) >>"), ACTIVE),
        "怪滤镜.pdf": (lambda: pdf_object_stream(b"", b"/LZWDecode", b"\x80\x0b"), BROKEN),
        "坏压缩.pdf": (
            lambda: pdf_object_stream(b"", packed=zlib.compress(b"91 0 " + bytes(9999))[:-20] + b"\xff" * 40),
            BROKEN,
        ),
        "炸弹.pdf": (packed_bomb, BOMB),
        "加密.pdf": (lambda: pdf_object(b"<< /Encrypt 5 0 R >>"), LOCKED),
    }
)
def test_a_pdf_may_neither_run_nor_hide_anything(store, name, make, reason):
    assert refusal(name, corpus.pdf(extra=make())) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []


@cases(
    {
        "两用.pdf": (lambda: corpus.pdf() + corpus.zipped({"a.txt": b"x"}), BROKEN),
        "截断.pdf": (lambda: corpus.pdf()[:900], BROKEN),
        "无页.pdf": (lambda: b"%PDF-1.4\n%%EOF", BROKEN),
        "前缀.pdf": (lambda: b"GIF89a" + corpus.pdf(), mismatch("pdf")),
    }
)
def test_a_pdf_must_be_a_whole_pdf_and_nothing_else(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []
