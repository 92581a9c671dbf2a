"""How a state looks: always a word, an icon and a colour, never colour alone."""

import dataclasses
import functools

# The icons stand in every Chinese font (GB 2312, row 1). Colours are the classes of static/css/base.css.
ICONS = {
    "green": "●",
    "amber": "▲",
    "red": "■",
    "deep-red": "◆",
    "grey": "○",
    "blue": "◎",
    "gold": "★",
}


@dataclasses.dataclass(frozen=True)
class Look:
    """What a badge shows."""

    label: str
    colour: str

    @property
    def icon(self) -> str:
        return ICONS[self.colour]


def state_look(obj, field: str = "state") -> Look:
    """The look of `obj`'s state: the word of the choice; the colour the model names, else grey.

    A model names colours as `STATE_LOOK = {State.DRAFT: "grey", ...}`; for another field `outcome` it is
    `OUTCOME_LOOK`. Colours: green, amber, red, deep-red, grey, blue, gold.
    """
    return looks_of(type(obj), field)[getattr(obj, field)]


def word(obj, field: str) -> str:
    """What get_<field>_display() says, for the rows of lists and exports, of which there are many; — for none."""
    return words_of(type(obj), field).get(getattr(obj, field), "—")


@functools.cache
def words_of(model, field: str) -> dict[str, str]:
    """The word of every choice of the field."""
    return {value: str(word) for value, word in model._meta.get_field(field).flatchoices}


@functools.cache
def looks_of(model, field: str) -> dict[str, Look]:
    """The look of every choice; those of `state` are named State, those of `outcome` Outcome."""
    colours = getattr(model, f"{field.upper()}_LOOK", {})
    choices = getattr(model, field.capitalize()).choices
    return {value: Look(str(label), colours.get(value, "grey").replace("_", "-")) for value, label in choices}
