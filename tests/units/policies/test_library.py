"""The seven documents every library begins with (R2.1)."""

import datetime as dt

import pytest

from sanwei.core.audit.models import Entry
from units.policies import actions
from units.policies.library import load_founding_library
from units.policies.models import Policy

pytestmark = pytest.mark.django_db


def content(policy):
    return {name: getattr(policy, name) for name in actions.FIELDS}


def test_the_library_holds_what_the_founding_document_names_and_itself():
    load_founding_library()

    assert [
        (p.number_printed, p.number, p.year, p.get_kind_display()) for p in Policy.objects.order_by("pk")
    ] == [
        ("六办发[2004]3号", "六办发〔2004〕3号", 2004, "方案"),
        ("直创字[2005]2号", "直创字〔2005〕2号", 2005, "意见"),
        ("直创字正[2005]6号", "直创字正〔2005〕6号", 2005, "意见"),
        ("直创字[2005]10号", "直创字〔2005〕10号", 2005, "通知"),
        ("直创字[2006]2号", "直创字〔2006〕2号", 2006, "意见"),
        ("六办发[2006]14号", "六办发〔2006〕14号", 2006, "办法"),
        ("", "", 2007, "意见"),
    ]


def test_the_founding_document_is_issued_jointly_and_has_nine_parts():
    founding = load_founding_library()[-1]

    assert (founding.issuers, founding.issued_on) == (
        ["中共六安市委办公室", "市人民政府办公室"],
        dt.date(2007, 1, 26),
    )
    assert [str(part)[:10] for part in founding.parts.all()] == [
        "一、充分认识深入推进",
        "二、进一步贯彻落实市",
        "三、在2007年创建",
        "四、不断提高机关干部",
        "五、推进创建工作向机",
        "六、在深入推进创建工",
        "七、立足实际，分类指",
        "八、进一步加强领导，",
        "九、加大督促检查力度",
    ]
    assert "未载文号" in founding.erratum


def test_the_founding_document_is_linked_to_the_six_it_names():
    *six, founding = load_founding_library()

    assert sorted(founding.cites.all(), key=lambda policy: policy.pk) == six
    assert [policy.cited_by.get() for policy in six] == [founding] * 6


def test_the_misprint_is_kept_and_explained():
    misprint = load_founding_library()[2]

    assert misprint.number_printed == "直创字正[2005]6号"
    assert "疑为“直创字〔2005〕6号”之误" in misprint.erratum


def test_loading_again_changes_nothing_and_leaves_corrections_alone():
    first = load_founding_library()
    actions.edit(policy=first[0], version=1, by=None, **{**content(first[0]), "erratum": "已核对原件。"})
    entries = Entry.objects.count()

    again = load_founding_library()

    assert again == first
    assert again[0].erratum == "已核对原件。"
    assert Entry.objects.count() == entries
