"""What happened to a record, as its page tells it: who, in what post, when, what, and why."""

import dataclasses
import datetime as dt

from sanwei.core.audit.models import LOOK, Entry
from sanwei.core.questions import Question
from sanwei.core.roles import SUPERVISORS, Role, roles_of

SHOWN = 100
COVERT = Role.INSPECTOR.label  # stands among the posts of everybody who acted as an inspector
SUPERVISION = "督查机构"
ENTRIES = Question(
    lambda kind, key: Entry.objects.of(kind, key).exclude(verb=LOOK).for_timeline()[: SHOWN + 1],
    kind=str,
    key=str,
)


@dataclasses.dataclass(frozen=True)
class Happening:
    at: dt.datetime
    who: str
    posts: str
    label: str
    before: str
    after: str
    reason: str


def happenings(obj, viewer, people: bool = True, insider=None) -> tuple[list[Happening], bool]:
    """The newest SHOWN acts on `obj`, newest first, and whether there are older ones. One query.

    Without `people` names and posts are left out, for pages on which who acted is not to be seen. Of inspectors only those
    who supervise learn the names (dossier 3.5): for every other `viewer` it was the supervision office that acted,
    and so it was with the verbs that a record calls COVERT_VERBS, whoever took them. `insider` says whether the viewer is one of
    them, where that hangs on more than the roles.
    """
    entries = ENTRIES(kind=obj._meta.label_lower, key=str(obj.pk))
    words = dict(obj.State.choices) if hasattr(obj, "State") else {}
    unveiled = bool(roles_of(viewer) & SUPERVISORS) if insider is None else insider
    covert = frozenset() if unveiled else getattr(obj, "COVERT_VERBS", frozenset())
    told = [
        happening(
            entry,
            words,
            people,
            veiled=not unveiled and (COVERT in entry.actor_posts or entry.verb in covert),
        )
        for entry in entries
    ]
    return told[:SHOWN], len(told) > SHOWN


def happening(entry, words, people, veiled) -> Happening:
    who = SUPERVISION if veiled else entry.actor_name or "系统"
    before, after = (words.get(entry.detail.get(key), "") for key in ("before", "after"))
    return Happening(
        at=entry.at,
        who=who if people else "",
        posts=entry.actor_posts if people and not veiled else "",
        label=entry.label,
        before=before if before != after else "",
        after=after if before != after else "",
        reason=str(entry.detail.get("reason", "")),
    )
