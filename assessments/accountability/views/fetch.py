"""The one road from an address to a case, and the door of each verb."""

from django.core.exceptions import PermissionDenied
from django.http import Http404

from assessments.accountability import access
from assessments.accountability.models import AccountabilityCase, FaultNotice
from sanwei.core.workflow import require_open


def the_case(request, pk) -> AccountabilityCase:
    """The case, if this person may see it; else 404, as for one that never was.

    Not by visible_row(): who must keep away is decided by names and by posts under other accounts as well.
    """
    user = request.user
    case = found(AccountabilityCase.objects.visible_to(user).for_detail().filter(pk=pk).first())
    if not access.is_head(user, case):
        access.note_impartial(user, case)  # only heads see a case that they must keep away from
    return case


def the_notice(request, pk, key) -> FaultNotice:
    """A notice of a case this person may see."""
    case = the_case(request, pk)
    notice = found(case.notices.select_related("signed_by").filter(pk=key).first())
    notice.case = case
    return notice


def found(row):
    if row is None:
        raise Http404
    return row


def allow_verb(request, case, verb) -> None:
    """Refuse with 403 who may not take the verb; who must keep away is told so."""
    if getattr(access, f"can_{verb}")(request.user, case):
        return
    keeps_away = access.handles(request.user) and access.is_barred(request.user, case)
    raise PermissionDenied(access.MUST_KEEP_AWAY if keeps_away else "")


def ready_for(request, pk, verb) -> AccountabilityCase:
    """The case, if this person may take `verb` on it and it can be taken now."""
    case = the_case(request, pk)
    allow_verb(request, case, verb)
    require_open(case, verb)
    return case


def known_only_to(granted: bool) -> None:
    """404 for everybody else: that there is such a page is nobody else's business."""
    if not granted:
        raise Http404
