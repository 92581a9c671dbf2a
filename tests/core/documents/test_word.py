"""The Word file opened by LibreOffice and measured like the PDF; the fonts an office has are stood in for by ours."""

import shutil
import subprocess

import pytest

from sanwei.core.documents.fonts import FOLDER
from sanwei.core.documents.word import to_docx
from tests.core.documents.papers import RARE, bulletin, read

pytestmark = pytest.mark.libreoffice
STAND_INS = {
    "仿宋_GB2312": "FandolFang",
    "方正小标宋简体": "Noto Serif SC",
    "黑体": "Noto Sans SC",
    "楷体_GB2312": "Sanwei Kai",
    "宋体": "Noto Serif SC",
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    assert shutil.which("soffice"), "LibreOffice is missing: on Debian apt install libreoffice-writer-nogui"
    folder = tmp_path_factory.mktemp("word")
    aliases = "".join(
        f'<match target="pattern"><test name="family"><string>{asked}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{ours}</string></edit></match>'
        for asked, ours in STAND_INS.items()
    )
    config = f"<fontconfig><dir>{FOLDER}</dir><cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>"
    (folder / "fonts.conf").write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">{config}'
    )
    (folder / "paper.docx").write_bytes(to_docx(bulletin()))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            "pdf",
            "paper.docx",
        ],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "FONTCONFIG_FILE": str(folder / "fonts.conf")},
        check=True,
        capture_output=True,
        timeout=180,
    )
    return read((folder / "paper.pdf").read_bytes())


def test_full_pages_have_22_lines_of_28_characters(pages):
    assert [len(page.body) for page in pages[1:4]] == [22, 22, 22]
    assert max(len(line.text) for page in pages[1:4] for line in page.body) == 28


def test_the_margins_are_those_of_the_standard(pages):
    for page in pages[1:4]:
        assert all(abs(line.left - 28) < 1 or abs(line.left - 39.1) < 1 for line in page.body)
        assert all(line.right < 185 for line in page.body)
        assert 37 < page.body[0].baseline < 37 + 225 / 22
        assert page.body[-1].baseline < 262


def test_number_red_line_and_page_numbers_are_there(pages):
    assert pages[0].lines[1].text == "直创办〔2027〕1号"
    assert [page.number.text for page in pages[:3]] == ["— 1 —", "— 2 —", "— 3 —"]
    assert [page.number.left < 100 for page in pages[:3]] == [False, True, False]


def test_rare_characters_survive(pages):
    assert any(RARE in line.text for page in pages for line in page.body)
