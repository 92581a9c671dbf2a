"""Who rests on a document: every record above that points to it, counted through its own visible_to."""


def counts(policy, user) -> list[tuple[str, int]]:
    """(kind in words, how many `user` may see) for each kind of record that cites `policy`, without noughts.

    Rooms above cite by a ManyToManyField to Policy; they are found by that relation, never by name.
    One query for each such relation.
    """
    found = [
        (relation.related_model._meta.verbose_name, seen(relation, policy, user))
        for relation in policy._meta.related_objects
        if relation.many_to_many
    ]
    return [(name, count) for name, count in found if count]


def seen(relation, policy, user) -> int:
    citing = relation.related_model.objects.visible_to(user)
    return citing.filter(**{relation.field.name: policy}).count()
