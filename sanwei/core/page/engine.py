"""The language of our templates: Jinja2, with what every template may use without importing it (docs/decisions/templates.md)."""

import functools

from django.conf import settings
from django.template import defaultfilters
from django.templatetags.static import static
from django.utils.html import json_script
from django.utils.module_loading import import_string
from jinja2 import Environment, Undefined

from sanwei.core.addresses import address
from sanwei.core.page import chinese, parts


class Missing(Undefined):
    """A name the view did not give: `{% if name %}` is false, but it is never printed, counted or gone through."""

    __slots__ = ()
    __str__ = __iter__ = __len__ = Undefined._fail_with_undefined_error


def printable(value):
    """What stands between {{ and }}; a method whose parentheses were forgotten is an error, not a text."""
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError(f"{value!r} is printed, not called")
    return value


def environment(**options) -> Environment:
    """The environment django.template.backends.jinja2 asks for. Everything printed is escaped."""
    options |= {"trim_blocks": True, "lstrip_blocks": True, "undefined": Missing, "finalize": printable}
    made = Environment(**options)
    made.globals |= {"url": address, "static": functools.cache(static), **parts.GLOBALS}
    made.globals |= {name: import_string(path) for name, path in settings.SANWEI_DRAWN.items()}
    made.filters |= {
        "cn_date": chinese.cn_date,
        "cn_datetime": chinese.cn_datetime,
        "cn_weekday": chinese.cn_weekday,
        "typed_date": chinese.typed_date,
        "in_phrases": chinese.in_phrases,
        "percent": chinese.percent,
        "dash": chinese.dash,
        "date": defaultfilters.date,
        "filesizeformat": defaultfilters.filesizeformat,
        "json_script": json_script,
        "labelled": parts.labelled,
        "control": parts.control,
    }
    return made
