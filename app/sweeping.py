"""What finding segments leaves in a bundle, and how the answer is read from it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple

import pandas as pd

from analytics.agreement import agreement
from analytics.algorithms import Task, mixed_data
from analytics.algorithms.fitting import fit
from analytics.clusterability import Clusterability, clusterability
from analytics.errors import NotEnoughData
from analytics.prepare import FeatureSpec, prepare
from analytics.progress import Progress, part
from analytics.recommend import Recommendation, recommend
from analytics.scoring import Sweep
from analytics.sweep import feasible
from analytics.trust import Trust, trust
from app.answers import Dataset, Method, SweepRequest, Swept
from app.bundles import Bundle, Bundles

_RESAMPLED = "kmeans"  # the algorithm whose segments are sought anew in resamples
_FRAMES = ("scores", "labels", "silhouettes", "centres", "gaps", "heights", "flows")
_TRUST = ("counts", "segments", "certainty")


def find(data: Dataset, request: SweepRequest, progress: Progress) -> Bundle:
    """Fit and score every number of segments that the distinct customers allow.

    Raises
    ------
    NotEnoughData, UnknownColumn, UnusableFeature, UnknownChoice
    """
    progress(0.0, "Preparing the features")
    matrix = prepare(data.customers, data.columns, request.spec)
    wanted = feasible(matrix.matrix, range(request.low, request.high + 1))
    task = Task(
        matrix.matrix,
        wanted or range(request.low, request.low + 1),
        dict(request.method.options),
        mixed=mixed_data(data.customers, data.columns, request.spec)
        if request.method.algorithm == "mixed"
        else None,
    )
    found = fit(
        request.method.algorithm,
        task,
        part(progress, 0.02, 0.5),
        keep_noise=request.method.noise == "keep",
    )
    frames = {name: getattr(found, name) for name in _FRAMES} | {"matrix": matrix.matrix}
    frames |= {f"extra-{name}": frame for name, frame in found.extra.items()}
    progress(0.5, "Testing whether the customers clump")
    clumping = _clusterability(matrix.matrix)
    held = None
    if request.method.algorithm == _RESAMPLED:
        held = trust(matrix.matrix, found, progress=part(progress, 0.55, 0.95))
        progress(0.95, "Asking other algorithms")
        frames |= {f"trust-{name}": getattr(held, name) for name in _TRUST}
        frames["agreement"] = _agreement(matrix.matrix, found, held)
    facts = {
        "total": found.total,
        "notes": (*matrix.notes, *found.notes),
        "extra": list(found.extra),
        "clusterability": asdict(clumping) if clumping else None,
        "trust": list(held.notes) if held else None,
    }
    return Bundle(frames, facts)


def recall(bundles: Bundles, key: str) -> Swept:
    """Read the answer from its bundle; raises ``Expired`` if this session has none of the key."""
    facts = bundles.facts(key)
    frames = {name: bundles.frame(key, name) for name in _FRAMES}
    extra = {name: bundles.frame(key, f"extra-{name}") for name in facts["extra"]}
    found = Sweep(**frames, total=facts["total"], extra=extra)
    clumping = facts["clusterability"]
    held = None
    if facts["trust"] is not None:
        parts = {name: bundles.frame(key, f"trust-{name}") for name in _TRUST}
        held = Trust(**parts, notes=tuple(facts["trust"]))
    return Swept(
        key,
        found,
        _recommended(found, held),
        Clusterability(**clumping) if clumping else None,
        (*facts["notes"], *(held.notes if held else ())),
        held,
        bundles.frame(key, "agreement") if held else None,
    )


def _recommended(found: Sweep, held: Trust | None) -> Recommendation:
    return recommend(found.scores, len(found.labels), trust=held, gaps=found.gaps)


def _clusterability(matrix: pd.DataFrame) -> Clusterability | None:
    """Test for clumping; nothing where there are too few customers to tell."""
    try:
        return clusterability(matrix)
    except NotEnoughData:
        return None


def _agreement(matrix: pd.DataFrame, found: Sweep, held: Trust) -> pd.DataFrame:
    """Ask other algorithms for the recommended number; nothing where too few customers differ."""
    try:
        return agreement(matrix, found.labels[[str(_recommended(found, held).k)]])
    except NotEnoughData:
        return pd.DataFrame()


def spec(
    columns: Sequence[str],
    scaling: str,
    coding: str = "indicators",
    weights: Mapping[str, float] | None = None,
) -> FeatureSpec:
    """Spell out which columns are compared, and how much each counts."""
    return FeatureSpec(
        tuple(dict.fromkeys(columns)), scaling, coding, tuple(sorted((weights or {}).items()))
    )


def recipe(features: FeatureSpec, method: Method) -> list[str]:
    """Give the parts of a key that name the features and the way to find segments."""
    parts = [json.dumps(features.columns), features.scaling, json.dumps(astuple(method))]
    if (features.coding, features.weights) != ("indicators", ()):
        parts.append(json.dumps([features.coding, sorted(features.weights)]))
    return parts
