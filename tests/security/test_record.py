"""Every act leaves one entry that says who, as what, did what to which record (AUD-01)."""

import pytest
import time_machine

from assessments.inspections.models import Finding
from assessments.publicity.exposures.models import Exposure
from sanwei.core.audit.context import Origin, origin
from sanwei.core.audit.models import Entry
from sanwei.core.roles import posts_label
from tests import make
from tests.security.acts import ACTS
from tests.security.workflows import ALLOWED, NOW, built, named, press, taker


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


# How many more a verb leaves in rooms below: the task it orders, and the line in the ledger.
ORDERS = {
    (Exposure, "open_task"): 1,
    (Finding, "open_task"): 1,
    (Finding, "accept"): 2,
    (Finding, "uphold"): 2,
}


@pytest.mark.once  # who stands in an entry is decided long before the database; the acts below ask on both
@pytest.mark.parametrize("move", [m for m in ALLOWED if m[1:] != ("unpublish", "approved")], ids=named)
def test_aud_01_each_verb_leaves_exactly_one_entry(cast, client, move):
    model, verb, state = move
    row, by = built(cast, move), taker(cast, move)
    about = Entry.objects.about(row)
    known, everything = about.count(), Entry.objects.count()
    client.force_login(by)
    answer = press(client, row, verb)

    entry = about.order_by("-pk").first()
    assert answer.status_code == 302
    assert about.count() == known + 1
    assert Entry.objects.count() == everything + 1 + ORDERS.get(move[:2], 0)
    assert (entry.verb, entry.label) == (verb, model.TRANSITIONS[verb].label)
    assert (entry.object_type, entry.object_id) == (model._meta.label_lower, str(row.pk))
    assert (entry.actor, entry.actor_name, entry.at) == (by, by.name, NOW)
    assert entry.actor_posts == posts_label(by) != ""
    assert (entry.request_id, entry.address) == (answer["X-Request-ID"], "127.0.0.1")
    assert (entry.detail["before"], entry.detail["after"]) == (state, model.TRANSITIONS[verb].target or state)


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.__name__)
def test_aud_01_each_other_act_leaves_exactly_one_entry(cast, act):
    take = act(cast)
    known = Entry.objects.count()
    token = origin.set(Origin("request-1", "10.0.0.1"))
    take()
    origin.reset(token)

    entry = Entry.objects.order_by("-pk").first()
    assert (Entry.objects.count(), entry.verb) == (known + 1, ACTS[act])
    assert entry.actor_name == entry.actor.name != ""
    assert entry.actor_posts == posts_label(entry.actor) != ""
    assert (entry.request_id, entry.address, entry.at) == ("request-1", "10.0.0.1", NOW)
    assert "" not in (entry.label, entry.object_type, entry.object_id, entry.object_label)


def test_aud_01_what_keepers_and_holders_change_of_an_account_is_recorded(cast, client):
    keeper = make.holder("system_admin", "系统员")
    client.force_login(keeper)
    words = {"name": "李芳", "phone": "13900000000", "email": ""}
    client.post(f"/admin/core/user/{cast.clerk.pk}/change/", words)
    client.force_login(cast.clerk)
    client.post("/accounts/", {"phone": "", "email": "li@example.test"})

    entries = Entry.objects.about(cast.clerk).filter(verb="edit_account")
    assert [(e.actor, e.detail["fields"]) for e in entries] == [
        (cast.clerk, ["email", "phone"]),
        (keeper, ["phone"]),
    ]
    assert "139" not in str(entries.values())


def test_aud_01_an_act_refused_leaves_no_entry(cast, client):
    client.force_login(cast.officer)
    answer = client.post(f"/units/plans/{cast.plan.pk}/approve/")

    assert (answer.status_code, Entry.objects.count()) == (409, 0)
