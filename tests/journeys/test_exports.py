"""A long export in the browser: asked for, watched, taken away; also without scripts."""

import pytest

from sanwei.core.exports.models import Export
from sanwei.core.exports.writing import write_next

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def two_rows_are_many(settings, tmp_path):
    settings.SANWEI_EXPORT_AT_ONCE_ROWS = 1
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("scripts", [True, False])
def test_a_long_export_is_asked_for_watched_and_taken_away(cast, seat, scripts):
    officer = seat(cast.officer, scripts=scripts)
    page = officer.go("/units/organisation/")
    page.click("text=导出 Excel")
    page.fill("[name=reason]", "向领导组会议报告")
    page.click("main button.btn-primary")
    page.wait_for_selector("progress")
    assert "排队中 已写 0 行，共 2 行" in " ".join(officer.text().split())

    write_next()

    if not scripts:
        page.reload()
    page.wait_for_selector("text=下载 Excel（2 行）")
    with page.expect_download() as taken:
        page.click("text=下载 Excel")
    assert taken.value.suggested_filename == "单位名录.xlsx"
    assert Export.objects.get().state == "ready"
