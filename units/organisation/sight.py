"""One row that a person may see: the same question for all who hold posts of the same kinds, made once."""

import functools

from sanwei.core.questions import Question
from units.organisation.access import HeldPost, posts_of


class StandIn:
    """Somebody signed in with this key who holds these posts; what visible_to() asks of a person is asked of this one."""

    is_authenticated = is_active = True

    def __init__(self, pk, posts):
        self.pk, self._posts_today = pk, posts


def visible_row(model, user, pk, refined: str):
    """The row `pk` of model.objects.visible_to(user).<refined>(), or None: it is not there, or not for this person.

    For models whose visible_to() asks for nothing but the person's key and the roles and keys of posts. Who has not signed in sees nothing.
    """
    if not user.is_authenticated:
        return None
    posts = posts_of(user)
    kinds = tuple((post.role, post.unit_id is not None, post.department_id is not None) for post in posts)
    keys = {f"unit_{place}": post.unit_id for place, post in enumerate(posts)}
    keys |= {f"department_{place}": post.department_id for place, post in enumerate(posts)}
    return next(iter(question(model, refined, kinds)(pk=pk, user=user.pk, **keys)), None)


@functools.lru_cache(maxsize=512)
def question(model, refined: str, kinds: tuple) -> Question:
    """The question of all who hold posts of these kinds: (role, has a unit, has a department) of each."""

    def rows(pk, user, **keys):
        posts = tuple(
            HeldPost(role, keys.get(f"unit_{place}"), keys.get(f"department_{place}"), "")
            for place, (role, _, _) in enumerate(kinds)
        )
        return getattr(model.objects.visible_to(StandIn(user, posts)), refined)().filter(pk=pk)

    held = [f"unit_{place}" for place, (_, has_unit, _) in enumerate(kinds) if has_unit]
    held += [f"department_{place}" for place, (_, _, has_department) in enumerate(kinds) if has_department]
    return Question(rows, pk=int, user=int, **dict.fromkeys(held, int), spare=frozenset({"user", *held}))
