"""What this room draws on pages of records that a case may come from, which do not know it (settings.SANWEI_DRAWN)."""

from django.utils.html import format_html
from jinja2 import pass_context
from markupsafe import Markup

from assessments.accountability import access
from assessments.accountability.models import AccountabilityCase
from sanwei.core import references
from sanwei.core.addresses import address


@pass_context
def accountability_of(page, row) -> Markup:
    """`{{ accountability_of(finding) }}`: for those who handle cases, the one that came of a record, or the way to register it.

    Nothing for everybody else. One query.
    """
    user = page["user"]
    if not access.can_register(user):
        return Markup()
    reference = references.to(row)
    cases = AccountabilityCase.objects.visible_to(user)
    if case := cases.filter(source_key=reference).only("number").order_by("-pk").first():
        return format_html(
            '<a class="btn btn-link" href="{}">责任追究{}</a>', case.get_absolute_url(), case.number
        )
    url = f"{address('accountability:register')}?origin={reference}"
    return format_html('<a class="btn btn-link" href="{}">登记责任追究线索</a>', url)
