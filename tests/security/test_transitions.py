"""No step is skipped: every verb from every state, at the action and over HTTP (AUTHZ-16)."""

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

from sanwei.core.audit.models import Entry
from sanwei.core.refusals import WrongState
from sanwei.core.workflow import Move, require_open
from tests.security.workflows import ALLOWED, NOW, REFUSED, WORKFLOWS, act, all_powers, press, taker


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


def kept(row) -> dict:
    """The row's columns and how often it is in the record."""
    columns = type(row).objects.filter(pk=row.pk).values().get()
    return {**columns, "entries": Entry.objects.about(row).count()}


def test_authz_16_every_record_with_a_workflow_is_walked():
    with_workflow = {model for model in apps.get_models() if hasattr(model, "TRANSITIONS")}

    assert with_workflow == set(WORKFLOWS)
    assert len(REFUSED) > len(ALLOWED) > 20


SHUT = {move[:2]: [state for *which, state in REFUSED if tuple(which) == move[:2]] for move in REFUSED}


@pytest.mark.once  # the guard reads a column; what the database makes of states, the tests of each room ask on both
@pytest.mark.parametrize("which", SHUT, ids=lambda which: f"{which[0].__name__}-{which[1]}")
def test_authz_16_a_verb_is_refused_from_every_other_state(cast, client, which):
    model, verb = which
    by = taker(cast, (*which, ""))
    client.force_login(by)

    for state in SHUT[which]:
        place = transaction.savepoint()
        row = WORKFLOWS[model].build(cast, state)
        before = kept(row)
        with pytest.raises(WrongState):
            act(row, verb, by)
        answer = press(client, row, verb)
        assert answer.status_code == (404 if state in WORKFLOWS[model].unseen(verb) else 409), state
        assert kept(row) == before, state
        transaction.savepoint_rollback(place)


def test_authz_16_control_a_table_that_allows_everything_refuses_nothing(cast, monkeypatch):
    """What the check above would meet if the guard were gone."""
    row = WORKFLOWS[type(cast.plan)].build(cast, "approved")
    open_to_all = {**row.TRANSITIONS, "approve": Move("备案通过", tuple(row.State.values), "approved")}
    monkeypatch.setattr(type(row), "TRANSITIONS", open_to_all)

    require_open(row, "approve")
    assert act(row, "approve", all_powers(cast)).state == "approved"
