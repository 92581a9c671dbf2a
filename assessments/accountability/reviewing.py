"""Appeals: entered, and what the reviewing organ said (申诉、复核). The decision goes on meanwhile, and is never made heavier."""

from django.db import transaction

from assessments.accountability import chosen as forms
from assessments.accountability.actions import stand_down
from assessments.accountability.chosen import require_not_heavier
from assessments.accountability.deciding import canonical, decided_rows, period, require_day
from assessments.accountability.models import CaseReview, Sanction
from assessments.accountability.notices import to_head
from assessments.accountability.recusal import handled
from sanwei.core.notifications.actions import notify
from sanwei.core.rows import append, rewrite

Outcome = CaseReview.Outcome
BY_THE_DECISION = "原决定"


@transaction.atomic
def appeal(*, case, by, appealed_on, appeal):
    """登记申诉. Side effects: state, row, audit."""

    def appealed(row):
        require_day("appealed_on", appealed_on, since=row.decided_on)
        return {}

    case = handled(case, "appeal", by, changes=appealed)
    append(CaseReview(case=case, appealed_on=appealed_on, appeal=appeal, entered_by=by))
    return case


def settled(verb, outcome, case, by, version, changes, *, organ, document_number, decided_on, opinion):
    """What the three outcomes share: the verb, the review's row, the head is told."""
    number = canonical(document_number)

    def reviewed(row):
        review = CaseReview.objects.get(case=row, outcome=Outcome.PENDING)
        require_day("decided_on", decided_on, since=review.appealed_on)
        return changes(row)

    case = handled(case, verb, by, version=version, changes=reviewed)
    review = CaseReview.objects.get(case=case, outcome=Outcome.PENDING)
    review.outcome, review.organ, review.document_number = outcome, organ, number
    review.decided_on, review.opinion = decided_on, opinion
    rewrite(review, "outcome", "organ", "document_number", "decided_on", "opinion")
    notify(*to_head(case, verb, f"复核结果：{review.get_outcome_display()}"))
    return case


@transaction.atomic
def uphold(*, case, by, version=None, **review):
    """维持原决定; `review`: organ, document_number, decided_on, opinion. Side effects: state, row, audit, the head is told."""
    return settled("uphold", Outcome.UPHELD, case, by, version, lambda row: {}, **review)


@transaction.atomic
def amend(*, case, by, chosen, months=None, version=None, **review):
    """变更决定 to nothing heavier than what was decided; its period still runs from the first decision.

    Side effects: as uphold(), and other rows are in force.
    """
    made = {}

    def amended(row):
        require_not_heavier(row, chosen, forms.standing(row), BY_THE_DECISION)
        last = Sanction.objects.filter(respondent__case=row, stage="decided").order_by("-round").first()
        made["rows"] = decided_rows(row, last.round + 1, chosen, months or {}, row.decided_on)
        return period(made["rows"])

    case = settled("amend", Outcome.AMENDED, case, by, version, amended, **review)
    stand_down(case)
    Sanction.objects.bulk_create(made["rows"])
    return case


@transaction.atomic
def revoke(*, case, by, version=None, **review):
    """撤销决定: nothing of it stands. Side effects: as uphold(), and no row is in force any more."""
    gone = {"effect_until": None, "is_endless": False, "remind_on": None}
    case = settled("revoke", Outcome.REVOKED, case, by, version, lambda row: gone, **review)
    stand_down(case)
    return case
