"""Addresses are looked up once and filled in, and are what reverse() gives."""

import uuid

import pytest
from django.urls import NoReverseMatch, reverse

from sanwei.core.addresses import address


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("portal:desk", []),
        ("plans:detail", [7]),
        ("plans:detail", [123456789]),
        ("plans:version", [7, 12]),
        ("plans:edit", [7, "measures"]),
        ("workdays:of_year", [2027]),
        ("portal:plan", [uuid.UUID(int=5)]),
    ],
)
def test_an_address_is_what_django_gives(name, args):
    assert [address(name, *args) for _ in range(2)] == [reverse(name, args=args)] * 2


@pytest.mark.parametrize(
    ("name", "args"), [("nowhere:list", []), ("plans:detail", [-1]), ("workdays:of_year", [1234])]
)
def test_what_has_no_address_is_told(name, args):
    for _ in range(2):
        with pytest.raises(NoReverseMatch):
            address(name, *args)
