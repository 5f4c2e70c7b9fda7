"""Laws are tried on many examples, and no example is held against a clock."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
