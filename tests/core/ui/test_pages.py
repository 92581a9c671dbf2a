"""Paging by key: every row once, in order, forwards and backwards, one query a page, whatever the address says."""

import pytest
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.test import RequestFactory
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from sanwei.core.ui.pages import page_by_key
from tests import make
from units.organisation.models import Department, Unit

ORDERS = st.sampled_from(
    [("order", "pk"), ("-order", "pk"), ("-order", "-pk"), ("category", "-order", "pk"), ("-pk",)]
)
UNITS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["party", "mass"])), min_size=1, max_size=12)


def walk(rf, queryset, order, size, start="/units/", towards="next_url"):
    """The rows of each page from `start` on, in one direction, and the last page."""
    pages, url = [], start
    while url:
        page = page_by_key(queryset, rf.get(url), order=order, size=size)
        pages.append([row.pk for row in page])
        last, url = url, getattr(page, towards)
    return pages, last


class EveryRowOnce(TestCase):
    @settings(max_examples=30, deadline=None)
    @given(units=UNITS, order=ORDERS, size=st.integers(1, 5))
    def test_forwards_and_backwards(self, units, order, size):
        for number, (order_number, category) in enumerate(units):
            make.unit(f"单位{number}", order=order_number, category=category)
        whole = list(Unit.objects.order_by(*order).values_list("pk", flat=True))

        forwards, last = walk(RequestFactory(), Unit.objects.all(), order, size)
        assert [pk for page in forwards for pk in page] == whole
        assert [len(page) for page in forwards[:-1]] == [size] * (len(forwards) - 1)

        backwards, _ = walk(RequestFactory(), Unit.objects.all(), order, size, last, "previous_url")
        assert [pk for page in reversed(backwards) for pk in page] == whole


@pytest.fixture
def seven(db):
    return [make.unit(f"单位{n}") for n in range(7)]


def second_page(rf, address="/units/", order=("order", "pk"), size=3):
    first = page_by_key(Unit.objects.all(), rf.get(address), order=order, size=size)
    return page_by_key(Unit.objects.all(), rf.get(first.next_url), order=order, size=size)


def test_a_page_is_one_query_wherever_it_stands(rf, seven, django_assert_num_queries):
    address = page_by_key(Unit.objects.all(), rf.get("/units/"), order=("order", "pk"), size=3).next_url
    with django_assert_num_queries(1):
        page = page_by_key(Unit.objects.all(), rf.get(address), order=("order", "pk"), size=3)
    assert page.rows == seven[3:6]


def test_an_order_through_a_relation_asks_nothing_more(rf, db, django_assert_num_queries):
    units = [make.unit(f"单位{n}") for n in range(2)]
    rows = [make.department(unit, name) for unit in units for name in ("办公室", "业务科")]
    order = ("-unit__order", "pk")
    first = page_by_key(Department.objects.all(), rf.get("/"), order=order, size=3)
    with django_assert_num_queries(1):
        second = page_by_key(Department.objects.all(), rf.get(first.next_url), order=order, size=3)

    assert (first.rows, second.rows) == ([rows[2], rows[3], rows[0]], [rows[1]])


def test_an_annotation_orders_what_may_be_null(rf, db):
    parent = make.unit("上级")
    alone, below = make.unit("甲"), make.unit("乙", parent=parent)
    units = Unit.objects.exclude(pk=parent.pk).annotate(above=Coalesce(F("parent"), Value(0)))
    pages, _ = walk(rf, units, ("-above", "pk"), 1)

    assert pages == [[below.pk], [alone.pk]]


def test_moments_and_dates_travel_to_the_microsecond(rf, db):
    people = [make.user(name) for name in ("甲", "乙", "丙")]
    pages, _ = walk(rf, type(people[0]).objects.all(), ("-created_at", "-pk"), 1)

    assert pages == [[person.pk] for person in reversed(people)]


def test_the_filter_stays_in_the_address_and_the_ends_have_no_neighbour(rf, seven):
    page = second_page(rf, "/units/?q=%E5%8D%95&state=draft")
    last = page_by_key(Unit.objects.all(), rf.get(page.next_url), order=("order", "pk"), size=3)
    first = page_by_key(Unit.objects.all(), rf.get(page.previous_url), order=("order", "pk"), size=3)

    assert page.next_url.startswith("/units/?q=%E5%8D%95&state=draft&after=")
    assert page.previous_url.startswith("/units/?q=%E5%8D%95&state=draft&before=")
    assert (last.rows, last.next_url) == (seven[6:], "")
    assert (first.rows, first.previous_url) == (seven[:3], "")


@pytest.mark.parametrize("cursor", ["", "x", "WzEsMl0:abc", "%00", "é" * 50, "{}"])
def test_a_cursor_that_is_not_ours_gives_the_first_page(rf, seven, cursor):
    request = rf.get("/units/", {"after": cursor})
    page = page_by_key(Unit.objects.all(), request, order=("order", "pk"), size=3)
    assert (page.rows, page.previous_url) == (seven[:3], "")


def test_a_cursor_of_another_order_gives_the_first_page(rf, seven):
    other = page_by_key(Unit.objects.all(), rf.get("/units/"), order=("-pk",), size=3).next_url
    page = page_by_key(Unit.objects.all(), rf.get(other), order=("order", "pk"), size=3)
    assert page.rows == seven[:3]


def test_rows_added_meanwhile_neither_repeat_nor_hide_others(rf, seven):
    order = ("order", "pk")
    first = page_by_key(Unit.objects.all(), rf.get("/units/"), order=order, size=3)
    make.unit("新设单位", order=seven[0].order)
    second = page_by_key(Unit.objects.all(), rf.get(first.next_url), order=order, size=3)
    assert second.rows == seven[3:6]


def test_a_page_whose_rows_have_gone_leads_back_to_the_beginning(rf, seven):
    order = ("order", "pk")
    address = page_by_key(Unit.objects.all(), rf.get("/units/?q=a"), order=order, size=6).next_url
    Unit.objects.filter(pk=seven[6].pk).delete()
    page = page_by_key(Unit.objects.all(), rf.get(address), order=order, size=6)
    assert (page.rows, page.next_url, page.previous_url) == ([], "", "/units/?q=a")
