"""Write arrays and families of alike trees compactly, for ``assets/22-packing.js`` to unpack."""

import base64
from typing import Any

import numpy as np

_CODES = {"int8": "i1", "int16": "i2", "int32": "i4", "float32": "f4"}
GONE = "\N{SYMBOL FOR NULL}"  # stands for a key that the other tree lacks
Packed = dict[str, str]


def packed(values: np.ndarray) -> Packed:
    """Write an array as text.

    The alphabet is that for addresses, as Dash writes every slash with six characters.

    Parameters
    ----------
    values : array of int8, int16, int32 or float32

    Raises
    ------
    KeyError
        If the values are of another kind.
    """
    little = np.ascontiguousarray(values).astype(values.dtype.newbyteorder("<"), copy=False)
    return {
        "dtype": _CODES[values.dtype.name],
        "packed": base64.urlsafe_b64encode(little.tobytes()).decode(),
    }


def unpacked(given: Packed) -> np.ndarray:
    """Read what :func:`packed` wrote."""
    return np.frombuffer(base64.urlsafe_b64decode(given["packed"]), f"<{given['dtype']}")


def difference(base: Any, other: Any) -> Any:  # noqa: ANN401  # any tree of JSON
    """Write a tree as what it changes about an alike one.

    An object tells only the keys that differ. A list of objects, if it is not the same, is an
    object of its length, ``n``, and the places that differ: each tells the place in the base of
    the part that it is most ``like``, unless that is its own, and what it changes about it.
    Every other list is told whole.
    """
    if isinstance(base, dict) and isinstance(other, dict):
        changed = {
            key: difference(base[key], value) if key in base else value
            for key, value in other.items()
            if key not in base or base[key] != value
        }
        return changed | {key: GONE for key in base if key not in other}
    if _listed(base) and _listed(other):
        places: dict[str, Any] = {"n": len(other)}
        for place, part in enumerate(other):
            like = _most_alike(base, part, place)
            change = difference(base[like], part)
            if like != place or change:
                places[str(place)] = change | ({"like": like} if like != place else {})
        return places
    return other


def merged(base: Any, change: Any) -> Any:  # noqa: ANN401  # any tree of JSON
    """Build the other tree of :func:`difference` from the base and the change."""
    if isinstance(base, dict) and isinstance(change, dict):
        both = {key: merged(base.get(key), value) for key, value in change.items()}
        return {key: value for key, value in {**base, **both}.items() if value != GONE}
    if _listed(base) and isinstance(change, dict) and "n" in change:
        return [_part(base, place, change.get(str(place), {})) for place in range(change["n"])]
    return change


def _part(base: list[Any], place: int, change: dict[str, Any]) -> Any:  # noqa: ANN401  # as above
    others = {key: value for key, value in change.items() if key != "like"}
    return merged(base[change.get("like", place)], others)


def _most_alike(base: list[dict[str, Any]], part: dict[str, Any], place: int) -> int:
    """Find the part of the base that has most in common with one, at best the one in its place."""

    def distance(other: int) -> tuple[int, bool]:
        mine = base[other]
        same = sum(mine.get(key, GONE) == value for key, value in part.items())
        return len(part) + len(mine) - 2 * same, other != place

    return min(range(len(base)), key=distance)


def _listed(tree: Any) -> bool:  # noqa: ANN401  # any tree of JSON
    return isinstance(tree, list) and bool(tree) and all(isinstance(part, dict) for part in tree)
