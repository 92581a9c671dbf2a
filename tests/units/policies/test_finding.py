"""Finding a document by number and by words, and in running text."""

import pytest

from tests.units.policies.build import policy
from units.policies.library import DATA, load_founding_library
from units.policies.models import Policy

SEED = (DATA / "opinion-2007.txt").read_text(encoding="utf-8")


@pytest.fixture
def library(db):
    return load_founding_library()


def numbers(policies):
    return sorted(found.number for found in policies)


@pytest.mark.parametrize(
    "typed",
    [
        "六办发[2004]3号",
        "六办发〔2004〕3号",
        "六办发［2004］3号",
        "六办发［２００４］３号",
        "六办发 [2004] 3号",
    ],
)
def test_whatever_the_bracket_the_same_document_is_found(library, cast, typed):
    assert numbers(Policy.objects.matching(typed)) == ["六办发〔2004〕3号"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("六办发", ["六办发〔2004〕3号", "六办发〔2006〕14号"]),
        ("直创字[2005]", ["直创字〔2005〕10号", "直创字〔2005〕2号", "直创字正〔2005〕6号"]),
        ("[2006]2号", ["直创字〔2006〕2号"]),
        ("直创字[2005]6号", ["直创字正〔2005〕6号"]),
        ("", []),
    ],
)
def test_part_of_a_number_or_the_corrected_one_finds_too(library, typed, found):
    assert numbers(Policy.objects.numbered(typed)) == found


def test_words_of_title_issuer_and_text_are_found(library, cast):
    def found(words):
        return [policy.title[:12] for policy in Policy.objects.matching(words).order_by("pk")]

    assert found("责任追究暂行办法") == ["市纪委、市监察局关于违反", "2007年深入推进市直创"]
    assert found("市政府办公室") == [
        "六安市直属机关创建学习型",
        "市纪委、市监察局关于违反",
        "2007年深入推进市直创",
    ]
    assert found("能者上、平者让") == ["2007年深入推进市直创"]
    assert found("没有这样的文件") == []


def test_running_text_names_documents_by_number(library):
    assert numbers(Policy.objects.cited_in(SEED)) == numbers(library[:6])


def test_running_text_names_documents_by_full_title(library):
    text = "认真贯彻《2007年深入推进市直创建“三型机关”活动的意见》精神。"

    assert [*Policy.objects.cited_in(text)] == [library[-1]]


def test_the_longer_series_is_meant_where_two_would_do(db):
    short, long = policy("创字[2005]2号"), policy("直创字[2005]2号")

    assert [*Policy.objects.cited_in("依据直创字〔2005〕2号")] == [long]
    assert [*Policy.objects.cited_in("依据 创字〔2005〕2号")] != [long]
    assert [*Policy.objects.cited_in("《办法》（创字〔2005〕2号）")] == [short]


def test_text_that_names_nothing_finds_nothing(library):
    assert [*Policy.objects.cited_in("各单位要认真总结三年来的经验。")] == []
