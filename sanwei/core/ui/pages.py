"""Pages of a long list, found by key: the millionth row costs what the first does."""

import dataclasses
import datetime as dt
import uuid
from decimal import Decimal

from django.core import signing
from django.db.models import F, Q

SIGNER = signing.Signer(salt="sanwei.core.ui.pages")
AFTER, BEFORE = "after", "before"
SHOWN, PRINTED = 25, 500  # rows drawn: on the screen, and where all are wanted on paper
TYPES = {"dt": dt.datetime, "d": dt.date, "n": Decimal, "u": uuid.UUID}


@dataclasses.dataclass(frozen=True)
class Page:
    """Some rows of a list and the addresses of the pages beside it ("" at the ends).

    `total` is a count the room keeps or has cached; None if it keeps none: nothing is counted here.
    """

    rows: list
    next_url: str
    previous_url: str
    total: int | None = None

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)

    @property
    def is_whole(self) -> bool:
        """Whether these are all the rows there are."""
        return not (self.next_url or self.previous_url)


def rows_wanted(request) -> int:
    """How many rows the address asks for: a page of the screen, or ?print=all (ui/_print.html)."""
    return PRINTED if request.GET.get("print") == "all" else SHOWN


def page_by_key(queryset, request, order, size=SHOWN, total=None) -> Page:
    """The page of `queryset` that the address names (?after= or ?before=), in `order`. One query.

    `order` names fields, annotations or paths (`unit__order`), each with `-` if descending. Together they
    must be unique (end with `pk`), and none may be null: else order by a Coalesce() annotation.
    A cursor that is not ours, or of another order, gives the first page.
    """
    cursor, backwards = cursor_of(request, order)
    queryset, keys = with_keys(queryset, order)
    if cursor:
        queryset = queryset.filter(beyond(keys, cursor, backwards))
    found = list(queryset.order_by(*sql_order(keys, backwards))[: size + 1])
    rows, more = found[:size], len(found) > size
    if backwards:
        rows.reverse()
    has_previous = more if backwards else bool(cursor)
    has_next = bool(cursor) if backwards else more
    address = Address(request, order, keys)
    return Page(
        rows=rows,
        next_url=address.beside(AFTER, rows[-1:]) if has_next else "",
        previous_url=address.beside(BEFORE, rows[:1]) if has_previous else "",
        total=total,
    )


@dataclasses.dataclass(frozen=True)
class Key:
    name: str  # the attribute of a row and the name in a filter
    descending: bool


def with_keys(queryset, order):
    """The queryset with every path of `order` annotated, so that reading a row's keys asks nothing more."""
    keys = []
    for position, term in enumerate(order):
        name = term.lstrip("-")
        if "__" in name:
            path, name = name, f"page_key_{position}"
            queryset = queryset.annotate(**{name: F(path)})
        keys.append(Key(name, term.startswith("-")))
    return queryset, keys


def beyond(keys, cursor, backwards) -> Q:
    """Rows past `cursor`: (a > x) or (a = x and b > y)…, led by a bound on `a` for the index."""
    past, equal = Q(), Q()
    for key, value in zip(keys, cursor, strict=True):
        past |= equal & Q(**{f"{key.name}__{side(key, backwards)}": value})
        equal &= Q(**{key.name: value})
    first = keys[0]
    return Q(**{f"{first.name}__{side(first, backwards)}e": cursor[0]}) & past


def side(key, backwards) -> str:
    return "lt" if key.descending != backwards else "gt"


def sql_order(keys, backwards) -> list[str]:
    return [f"-{key.name}" if key.descending != backwards else key.name for key in keys]


@dataclasses.dataclass(frozen=True)
class Address:
    """Makes the addresses of neighbouring pages from the present one; everything else in it is kept."""

    request: object
    order: tuple
    keys: list

    def beside(self, direction, edge) -> str:
        """The page on that side of the row in `edge`; the first page if the present one is empty."""
        query = self.request.GET.copy()
        for name in (AFTER, BEFORE):
            query.pop(name, None)
        for row in edge:
            query[direction] = seal([getattr(row, key.name) for key in self.keys], self.order)
        return f"{self.request.path}?{query.urlencode()}" if query else self.request.path


def seal(values, order) -> str:
    """The values of a row's keys as a signed text that belongs to `order`."""
    return SIGNER.sign_object([list(order), [packed(value) for value in values]], compress=True)


def cursor_of(request, order) -> tuple[list, bool]:
    """The key values the address names and whether to go backwards; an empty list for the first page."""
    for name in (AFTER, BEFORE):
        try:
            sealed_order, values = SIGNER.unsign_object(request.GET.get(name, ""))
        except signing.BadSignature:
            continue
        if sealed_order == list(order):
            return [unpacked(value) for value in values], name == BEFORE
    return [], False


def packed(value):
    """JSON of one key value: plain types as they are, others as [type, text]."""
    for kind, known in TYPES.items():
        if isinstance(value, known):
            return [kind, value.isoformat() if kind in ("dt", "d") else str(value)]
    return value


def unpacked(value):
    if not isinstance(value, list):
        return value
    kind, text = value
    known = TYPES[kind]
    return known.fromisoformat(text) if kind in ("dt", "d") else known(text)
