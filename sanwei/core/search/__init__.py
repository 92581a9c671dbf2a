"""Search in Chinese: overlapping pairs of characters, asked for as a phrase (no word list, nothing missed)."""

from sanwei.core.search.entries import entries_of, find, forget, index, keys
from sanwei.core.search.words import phrase, terms

__all__ = ["entries_of", "find", "forget", "index", "keys", "phrase", "terms"]
