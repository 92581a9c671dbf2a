"""Chinese search: every word that is there is found, for those who may see it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sanwei.core import search
from sanwei.core.search.entries import LOOKED_AT
from sanwei.core.search.models import SearchEntry
from sanwei.core.search.words import fold, phrase, terms
from tests import make
from units.organisation.models import Unit

pytestmark = pytest.mark.django_db
TEXT = "各单位要深化行政审批制度改革，按照高效、简洁、方便的原则，简化办事程序（六办发〔2004〕3号）。"


@pytest.fixture
def unit():
    row = make.unit("市教育局")
    search.index(row, "市教育局", TEXT)
    return row


@pytest.mark.parametrize(
    "query",
    ["行政审批", "审批制度改革", "高效", "办事程序", "六办发〔2004〕3号", "六办发[2004]3号", "２００４"],
)
def test_words_are_found(unit, query):
    assert search.find(query, Unit.objects.visible_to(make.holder("office"))) == [unit]


@pytest.mark.parametrize("query", ["审批改革", "教育厅", "", "，。", "革按", "<->", "' & '", "\\"])
def test_what_is_not_there_is_not_found_and_nothing_breaks(unit, query):
    assert search.find(query, Unit.objects.visible_to(make.holder("office"))) == []


def test_one_character_is_sought_in_titles(unit):
    assert search.find("教", Unit.objects.visible_to(make.holder("office"))) == [unit]


def test_a_visitor_finds_nothing(unit, rf):
    assert search.find("行政审批", Unit.objects.visible_to(AnonymousUser())) == []


def test_renewed_words_replace_the_old(unit):
    search.index(unit, "市教育局", "推行一窗受理")

    assert search.find("行政审批", Unit.objects.visible_to(make.holder("office"))) == []
    assert search.find("一窗受理", Unit.objects.visible_to(make.holder("office"))) == [unit]
    search.forget(unit)
    assert search.find("一窗受理", Unit.objects.visible_to(make.holder("office"))) == []


def test_terms_are_pairs_and_whole_words():
    assert terms("机关2004年ABC") == ["机关", "关", "2004", "年", "abc"]
    assert phrase("机关 ABC") == [["机关"], ["abc"]]
    assert fold("［２００４］") == "〔2004〕"


CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=40)


class Properties(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(text=CHINESE, data=st.data())
    def test_every_part_of_a_text_finds_it(self, text, data):
        start = data.draw(st.integers(0, len(text) - 2))
        end = data.draw(st.integers(start + 2, len(text)))
        unit, _ = Unit.objects.get_or_create(
            code="X1", defaults={"name": "市某局", "short_name": "市某局", "category": "other", "affiliation": "city",
                                 "tier": "good", "order": 1},
        )  # fmt: skip
        search.index(unit, "题", text)
        assert Unit.objects.filter(pk__in=search.keys(text[start:end], Unit)).get() == unit


def test_a_record_of_ones_own_is_found_among_many_newer_ones(unit):
    """Words that stand everywhere: what the person may see is asked for by itself, not only among the newest."""
    newer = [make.unit(f"市第{number}局") for number in range(3)]
    SearchEntry.objects.bulk_create(
        SearchEntry(
            object_type="units.unit", object_id=row.pk, piece=piece, title="题", terms=" ".join(terms(TEXT))
        )
        for row in newer
        for piece in range(LOOKED_AT // 2)
    )

    assert search.find("行政审批", Unit.objects.filter(pk=unit.pk)) == [unit]
    assert set(search.find("行政审批", Unit.objects.all(), limit=2)) < set(newer)


def test_a_short_document_is_found_beside_a_very_long_newer_one(unit):
    long = make.unit("市长篇局")
    SearchEntry.objects.bulk_create(
        SearchEntry(
            object_type="units.unit", object_id=long.pk, piece=piece, title="题", terms=" ".join(terms(TEXT))
        )
        for piece in range(LOOKED_AT + 5)
    )

    assert search.find("行政审批", Unit.objects.all()) == [long, unit]
