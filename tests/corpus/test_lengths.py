"""What a clerk may type and what a line of the ledger holds: told before signature, never found out at approval."""

import pytest
from django.core.exceptions import ValidationError

from sanwei.core.clock import now
from tests import make
from units.plans import actions
from units.plans.content import LONGEST

pytestmark = pytest.mark.django_db
TYPED = ("title", "goal", "person", "deliverable")


@pytest.mark.parametrize("field", TYPED)
def test_a_text_too_long_for_the_ledger_is_told_before_signature(cast, field):
    row = make.measure_row(**{field: "长" * (LONGEST[field] + 1)})
    make.write_plan(cast.plan, cast.clerk, rows=[row])

    with pytest.raises(ValidationError) as refused:
        actions.request_signature(plan=cast.plan, by=cast.clerk)

    assert [message for message in refused.value.messages if f"最多{LONGEST[field]}个字，请缩短" in message]
    cast.plan.refresh_from_db()
    assert cast.plan.state == "draft"


def test_the_longest_texts_go_all_the_way_into_the_ledger(cast):
    row = make.measure_row(**{field: "𠮷" * LONGEST[field] for field in TYPED})
    make.write_plan(cast.plan, cast.clerk, rows=[row])
    actions.request_signature(plan=cast.plan, by=cast.clerk)
    actions.sign(plan=cast.plan, by=cast.head, received_at=now())

    plan = actions.approve(plan=cast.plan, by=cast.officer)

    measure = plan.measures.get()
    assert [len(getattr(measure, field)) for field in TYPED] == [LONGEST[field] for field in TYPED]
