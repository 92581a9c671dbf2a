"""advance(): the one way a record changes state."""

import dataclasses
import functools

from sanwei.core import clock
from sanwei.core.audit.actions import record
from sanwei.core.questions import Question
from sanwei.core.refusals import Refused, Stale, WrongState
from sanwei.core.rows import require_transaction, rewrite


@dataclasses.dataclass(frozen=True)
class Move:
    """One arrow of a state machine: the word on the button, the states it leaves, the state it enters.

    An empty `target` leaves the state as it is: the verb marks the record but does not move it.
    """

    label: str
    sources: tuple[str, ...]
    target: str = ""
    danger: bool = False  # stands apart on the page and asks before it acts
    reason: bool = False  # the person must say why
    form: bool = False  # the verb has a page of its own, where more than a reason is typed
    warning: str = ""  # what will happen to whom, said before it cannot be undone


def advance(obj, verb, by, *, version=None, changes=None, **detail):
    """Take `verb` on `obj` for the user `by` (None for a clock) and return the fresh, saved row.

    Locks the row; refuses with WrongState unless its state is a source of the verb, with
    Refused if the row itself names a hindrance, and with Stale if `version` is given and the row has moved on;
    writes the state, `changes`, `version + 1` and `state_changed_at` by name; appends one audit entry with `detail`.
    `changes` is field -> value, or a function that makes it from the locked row.
    Must be called inside the transaction of the act, which holds the lock and undoes everything together.
    """
    require_transaction("advance()")
    move = obj.TRANSITIONS[verb]
    fresh = locked(obj)
    require_open(fresh, verb)
    if version is not None and fresh.version != version:
        raise Stale("您看到的内容已被他人更新。请刷新页面核对后再办理。")
    before, after = fresh.state, move.target or fresh.state
    changes = changes(fresh) if callable(changes) else changes or {}
    values = {**changes, "state": after, "version": fresh.version + 1}
    if after != before:
        values["state_changed_at"] = clock.now()
    for field, value in values.items():
        setattr(fresh, field, value)
    rewrite(fresh, *values)
    record(fresh, verb, by, label=move.label, before=before, after=after, **detail)
    return fresh


def locked(obj):
    """The row as it stands now, locked; related rows that `obj` had at hand and still points to come along."""
    [fresh] = lock_on(type(obj))(pk=obj.pk)
    for field in obj._meta.concrete_fields:
        same = field.is_relation and getattr(obj, field.attname) == getattr(fresh, field.attname)
        if same and field.is_cached(obj):
            field.set_cached_value(fresh, field.get_cached_value(obj))
    return fresh


@functools.cache
def lock_on(model) -> Question:
    """The row of a key, locked until the transaction ends."""
    return Question(lambda pk: model.objects.select_for_update(of=("self",)).filter(pk=pk), pk=int)


def require_open(obj, verb) -> None:
    """Refuse `verb` when the state or a hindrance stands against it; pages ask before a person starts typing."""
    move = obj.TRANSITIONS[verb]
    if obj.state not in move.sources:
        raise WrongState(wrong_state_message(obj, move))
    if why := hindrance(obj, verb):
        raise Refused(why)


def wrong_state_message(obj, move) -> str:
    """Say what the record's state is now and which state the verb needs."""
    labels = dict(obj.State.choices)
    needed = "、".join(f"“{labels[state]}”" for state in move.sources)
    return (
        f"不能{move.label}：{obj}当前状态为“{obj.get_state_display()}”，"
        f"须为{needed}时方可{move.label}。可能已由他人办理，请查看办理过程。"
    )


def hindrance(obj, verb) -> str:
    """Why `verb` cannot be taken although the state would allow it, as the model's own `hindrance(verb)` says."""
    return obj.hindrance(verb) if hasattr(obj, "hindrance") else ""


def open_moves(obj) -> dict[str, Move]:
    """The verbs that can be taken now, in the order of the table."""
    return {
        verb: move
        for verb, move in obj.TRANSITIONS.items()
        if obj.state in move.sources and not hindrance(obj, verb)
    }


def buttons(obj, user, access) -> list[tuple[str, Move]]:
    """The verbs `user` may press on `obj` now: the table says what can be, `access` says who may."""
    return [
        (verb, move) for verb, move in open_moves(obj).items() if getattr(access, f"can_{verb}")(user, obj)
    ]
