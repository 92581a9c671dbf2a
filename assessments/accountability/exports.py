"""The register as Excel (T14, dossier 10.2), for those who handle cases, always with a reason."""

from django.core.exceptions import PermissionDenied

from assessments.accountability import access, choosing, sanctions
from assessments.accountability.models import Respondent
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word
from units.campaigns.choosing import the_campaign

HEADS = (
    "编号", "单位", "姓名", "职务", "线索来源", "事实", "追究方式", "决定机关", "决定文号", "决定日期", "影响期止",
)  # fmt: skip


def accountability(user, asked) -> Listing:
    """责任追究登记: one row for each respondent of the cases that `user` handles."""
    if not access.can_export(user):
        raise PermissionDenied
    campaign = the_campaign(user, asked)
    _form, cases = choosing.cases(user, asked, campaign)
    title = f"{campaign.year}年度责任追究登记" if campaign else "责任追究登记"
    found = Respondent.objects.filter(case__in=cases.order_by().values("pk")).for_register()
    return Listing(title, HEADS, found, row)


def row(number, respondent) -> tuple:
    case = respondent.case
    return (
        case.number,
        case.unit.name,
        respondent.name or "—",
        f"{respondent.department}{respondent.title}" or word(respondent, "kind"),
        word(case, "source"),
        case.facts_told or case.facts,
        sanctions.suggested([sanction.form for sanction in respondent.standing]),
        case.organ,
        case.document_number,
        case.decided_on,
        "无终止" if case.is_endless else case.effect_until,
    )
