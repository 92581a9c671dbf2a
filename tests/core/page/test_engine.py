"""The language of the templates: what is printed is escaped, and what was forgotten is told."""

import pytest
from django.template import engines
from jinja2 import UndefinedError


def drawn(source: str, **context) -> str:
    return engines["jinja2"].from_string(source).render(context)


def test_what_is_printed_is_escaped():
    assert drawn("{{ name }}", name="<b>&'\"") == "&lt;b&gt;&amp;&#39;&#34;"


def test_a_name_the_view_did_not_give_may_be_asked_for():
    assert drawn("{% if note %}有{% else %}无{% endif %}") == "无"


@pytest.mark.parametrize(
    "source", ["{{ note }}", "{% for line in note %}{% endfor %}", "{{ note|length }}", "{{ note.text }}"]
)
def test_but_it_is_never_drawn(source):
    with pytest.raises(UndefinedError):
        drawn(source)


def test_a_method_without_parentheses_is_an_error_and_no_text():
    with pytest.raises(TypeError, match="is printed, not called"):
        drawn("{{ name.upper }}", name="x")
    assert drawn("{{ name.upper() }}", name="x") == "X"
