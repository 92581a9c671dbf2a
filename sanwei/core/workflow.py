"""advance(): the one way a record changes state."""

import dataclasses

from django.db import transaction

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.refusals import Stale, WrongState


@dataclasses.dataclass(frozen=True)
class Move:
    """One arrow of a state machine: the word on the button, the states it leaves, the state it enters."""

    label: str
    sources: tuple[str, ...]
    target: str
    danger: bool = False  # stands apart on the page and asks before it acts
    reason: bool = False  # the person must say why


def advance(obj, verb, by, *, version=None, changes=None, **detail):
    """Take `verb` on `obj` for the user `by` (None for a clock) and return the fresh, saved row.

    In one transaction: locks the row; refuses with WrongState unless its state is a source of the verb, and
    with Stale if `version` is given and the row has moved on; writes the state, `changes` (field -> value),
    `version + 1` and `state_changed_at` by name; appends one audit entry with `detail`.
    The caller's transaction, if there is one, is joined.
    """
    move = obj.TRANSITIONS[verb]
    with transaction.atomic():
        fresh = type(obj).objects.select_for_update(of=("self",)).get(pk=obj.pk)
        if fresh.state not in move.sources:
            raise WrongState(wrong_state_message(fresh, move))
        if version is not None and fresh.version != version:
            raise Stale("您看到的内容已被他人更新。请刷新页面核对后再办理。")
        before = fresh.state
        values = {**(changes or {}), "state": move.target, "version": fresh.version + 1}
        values["state_changed_at"] = clock.now()
        for field, value in values.items():
            setattr(fresh, field, value)
        fresh.save(update_fields=list(values))
        record(fresh, verb, by, label=move.label, before=before, after=move.target, **detail)
    return fresh


def wrong_state_message(obj, move) -> str:
    """Say what the record's state is now and which state the verb needs."""
    labels = dict(obj.State.choices)
    needed = "、".join(f"“{labels[state]}”" for state in move.sources)
    return (
        f"不能{move.label}：{obj}当前状态为“{obj.get_state_display()}”，"
        f"须为{needed}时方可{move.label}。可能已由他人办理，请查看办理过程。"
    )


def open_moves(obj) -> dict[str, Move]:
    """The verbs that the present state allows, in the order of the table."""
    return {verb: move for verb, move in obj.TRANSITIONS.items() if obj.state in move.sources}


def buttons(obj, user, access) -> list[tuple[str, Move]]:
    """The verbs `user` may press on `obj` now: the table says what can be, `access` says who may."""
    return [
        (verb, move)
        for verb, move in open_moves(obj).items()
        if getattr(access, f"can_{verb}")(user, obj)
    ]
