"""`field__holds="发改委"`: the characters stand in the field, one after the other, found by index.

Like `contains`, for any number of characters: PostgreSQL is led to the rows by the pairs of neighbours (an index on
core_grams of the field, made by the room's own migration), since its trigrams know no word of two characters.
"""

from django.db import models
from django.db.models.lookups import Contains


@models.CharField.register_lookup
@models.TextField.register_lookup
class Holds(Contains):
    lookup_name = "holds"

    def get_rhs_op(self, connection, rhs):
        return connection.operators["contains"] % rhs

    def as_postgresql(self, compiler, connection):
        contained, parameters = super().as_sql(compiler, connection)
        field, field_parameters = self.process_lhs(compiler, connection)
        led = f"core_grams({field}::text) @> core_grams(%s)"
        return f"({contained} AND {led})", [*parameters, *field_parameters, self.rhs]
