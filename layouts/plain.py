"""Components as data, for the browser to make them of when they are wanted."""

from typing import Any

from dash.development.base_component import Component


def plain(tree: Any) -> Any:  # noqa: ANN401  # components, lists of them, or what they hold
    """Give components as the data that the browser makes them of."""
    if isinstance(tree, Component):
        return plain(tree.to_plotly_json())
    if isinstance(tree, dict):
        return {key: plain(value) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [plain(part) for part in tree]
    return tree
