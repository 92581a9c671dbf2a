"""Every act leaves one entry that says who, as what, did what to which record (AUD-01)."""

import pytest
import time_machine

from sanwei.core.audit.models import Entry
from tests.security.workflows import ALLOWED, NOW, WORKFLOWS, all_powers, named, press


@pytest.fixture(autouse=True)
def frozen():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize("move", [m for m in ALLOWED if m[1:] != ("unpublish", "approved")], ids=named)
def test_aud_01_each_verb_leaves_exactly_one_entry(cast, client, move):
    model, verb, state = move
    row, by = WORKFLOWS[model].build(cast, state), all_powers(cast)
    known = Entry.objects.count()
    client.force_login(by)
    answer = press(client, row, verb)

    entry = Entry.objects.order_by("-pk").first()
    assert answer.status_code == 302
    assert Entry.objects.count() == known + 1
    assert (entry.verb, entry.label) == (verb, model.TRANSITIONS[verb].label)
    assert (entry.object_type, entry.object_id) == (model._meta.label_lower, str(row.pk))
    assert (entry.actor, entry.actor_name, entry.at) == (by, "万能", NOW)
    assert {"领导组办公室主任", "市发展改革委 单位填报员"} <= {*entry.actor_posts.split("、")}
    assert (entry.request_id, entry.address) == (answer["X-Request-ID"], "127.0.0.1")
    assert (entry.detail["before"], entry.detail["after"]) == (state, model.TRANSITIONS[verb].target or state)
