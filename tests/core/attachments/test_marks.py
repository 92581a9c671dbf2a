"""涉密不上网: files that bear a mark of secrecy are refused (dossier 9.2)."""

from tests.core.attachments import corpus
from tests.core.attachments.refusals import cases, left_in, refusal

SECRET = (
    "含有国家秘密标志。涉密不上网、上网不涉密：本系统为非涉密系统，请立即停止上传，并按保密规定处理该文件"
)


@cases(
    {
        "标密.docx": (lambda: corpus.docx("机密★1年"), SECRET),
        "标密.xlsx": (lambda: corpus.xlsx("秘密★6个月"), SECRET),
        "标密.pdf": (lambda: corpus.pdf("机 密 ★ 1年"), SECRET),
        "标密.ofd": (lambda: corpus.ofd("绝密★"), SECRET),
        "标密.doc": (lambda: corpus.doc("特急 秘密★1年"), SECRET),
        "错位.doc": (lambda: corpus.doc("x" + "秘密★1年").replace(b"x\0", b"xyz", 1), SECRET),
        "标密.xls": (lambda: corpus.xls(text="绝密★长期"), SECRET),
        "标密.zip": (
            lambda: corpus.zipped({"记录.txt": "机密★".encode("gb18030")}),
            f"中的“记录.txt”{SECRET}",
        ),
    }
)
def test_a_marked_file_is_refused_wherever_the_mark_stands(store, name, make, reason):
    assert refusal(name, make()) == [f"文件“{name}”{reason}。"]
    assert left_in(store) == []
