"""What the command line reports of segments as JSON."""

import json
from dataclasses import asdict
from math import isnan
from typing import Any

import pandas as pd

from app.answers import Segmentation, Swept


def report(swept: Swept, found: Segmentation, count: int) -> dict[str, Any]:
    """Give a sweep and the segments in use as plain values."""
    scores = swept.sweep.scores.join(swept.sweep.gaps)
    if swept.trust is not None:
        scores = scores.join(swept.trust.counts)
    scores = scores.reset_index()
    said = swept.recommendation
    return {
        "rows": len(found.labels),
        "features": list(found.features),
        "k": count,
        "recommended_k": said.k,
        "verdict": said.verdict,
        "alternatives": list(said.alternatives),
        "reason": said.reason,
        "reasons": list(said.reasons),
        "doubts": list(said.doubts),
        "rejected": dict(said.rejected),
        "agreement": [] if swept.agreement is None else _records(swept.agreement.reset_index()),
        "notes": list(swept.notes),
        "clusterability": asdict(swept.clusterability) if swept.clusterability else None,
        "sweep": _records(scores),
        "segments": [
            {
                "segment": segment,
                "name": name,
                "size": found.sizes[segment],
                "share": found.sizes[segment] / len(found.labels),
                "stability": found.stability.loc[segment].to_dict()
                if segment in found.stability.index
                else None,
                "profile": _profile(found, segment),
            }
            for segment, name in found.names.items()
        ],
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(table.to_json(orient="records", double_precision=15))
    return records


def _profile(found: Segmentation, segment: int) -> dict[str, Any]:
    """Give the means of the numeric columns and the shares of the levels of the others."""
    profile: dict[str, Any] = {}
    if segment in found.profiles.index:
        means = found.profiles.loc[segment]["mean"]
        profile |= {name: None if isnan(mean) else mean for name, mean in means.items()}
    if segment in found.composition.index:
        for (name, level), share in found.composition.loc[segment]["share"].items():
            profile.setdefault(name, {})[level] = share
    return profile
