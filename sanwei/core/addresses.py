"""Addresses of views. A list draws dozens of them that differ in one key, so each is looked up once and filled in."""

import functools

from django.urls import NoReverseMatch, reverse

MARK = 987_654_321_000  # stands in for a key while the address is looked up; a key of its own is never that large


def address(name: str, *args) -> str:
    """The address of the view `name`, as django.urls.reverse() gives it; raises NoReverseMatch as that does."""
    if all(type(arg) is int and 0 <= arg < MARK for arg in args) and (form := form_of(name, len(args))):
        return form.format(*args)
    return reverse(name, args=args)


@functools.cache
def form_of(name: str, keys: int) -> str:
    """The address with {} for each key; nothing where not every key is taken, as with a year."""
    try:
        found = reverse(name, args=[MARK + place for place in range(keys)])
    except NoReverseMatch:
        return ""
    for place in range(keys):
        found = found.replace(str(MARK + place), "{}", 1)
    return found
