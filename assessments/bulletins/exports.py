"""The lists of this room as Excel."""

from assessments.bulletins import access, choosing
from assessments.bulletins.models import Bulletin
from sanwei.core.doors import allow
from sanwei.core.exchange import Listing
from sanwei.core.ui.looks import word

HEADS = ("文号", "标题", "种类", "状态", "印发时间")
RECEIPT_HEADS = ("单位", "签收时间", "签收人")


def bulletins(user, asked) -> Listing:
    """通报."""
    return Listing("通报", HEADS, choosing.bulletins(user, asked)[0].order_by("-pk"), row)


def row(number, bulletin) -> tuple:
    return (
        bulletin.document_number or "—",
        bulletin.title,
        word(bulletin, "kind"),
        word(bulletin, "state"),
        bulletin.published_at,
    )


def receipts(user, asked, pk) -> Listing:
    """签收情况 of one bulletin. Raises DoesNotExist or PermissionDenied."""
    bulletin = Bulletin.objects.visible_to(user).get(pk=pk)
    allow(access.can_see_receipts(user, bulletin))
    found = bulletin.receipts.select_related("unit", "read_by").order_by("unit__order", "pk")
    return Listing(f"{bulletin.document_number}签收情况", RECEIPT_HEADS, found, receipt_row)


def receipt_row(number, receipt) -> tuple:
    return receipt.unit.name, receipt.read_at, receipt.read_by.name if receipt.read_by else "未签收"
