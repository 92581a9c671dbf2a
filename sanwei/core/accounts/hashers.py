"""Argon2id at a cost that a city's sign-in hour can bear (security.md fact 9: t=2, m=19 MiB, p=1)."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2PasswordHasher(Argon2PasswordHasher):
    time_cost = 2
    memory_cost = 19456
    parallelism = 1
