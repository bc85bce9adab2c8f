"""Callbacks of long work: tell how far it is, stop it."""

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, ctx, no_update

from callbacks.state import EndedState, JobState
from layouts import ids, parts

if TYPE_CHECKING:
    from app.answers import Job
    from app.services import Services


def register(app: Dash, services: "Services") -> None:
    """Register the callback."""

    @app.callback(
        Output(ids.Job.CARD, "hidden"),
        Output(ids.Job.DOING, "children"),
        Output(ids.Job.BAR, "value"),
        Output(ids.Job.PERCENT, "children"),
        Output(ids.Job.CANCEL, "hidden"),
        Output(ids.Job.AGAIN, "hidden"),
        Output(ids.Job.TICK, "disabled"),
        Output(ids.Selection.RESULTS, "className"),
        Output(ids.Segments.RESULTS, "className"),
        Output(ids.Store.ENDED, "data"),
        Input(ids.Store.JOB, "data"),
        Input(ids.Job.TICK, "n_intervals"),
        Input(ids.Job.CANCEL, "n_clicks"),
    )
    def follow(asked: JobState | None, _: int, __: int) -> tuple[Any, ...]:
        if not asked:
            return (True, "", "0", "", True, True, True, parts.RESULTS, parts.RESULTS, no_update)
        jobs = services.workspace(ctx.cookies).jobs
        # A tick may come in the same call.
        pressed = ids.Job.CANCEL in ctx.triggered_prop_ids.values()
        job = jobs.cancel(asked["id"]) if pressed else jobs.find(asked["id"])
        busy, done = job.state in {"queued", "running"}, job.state == "done"
        shown = parts.WORKING if busy else parts.RESULTS
        return (
            done,
            _words(job),
            str(round(100 * job.share)),
            f"{job.share:.0%}",
            not busy,
            busy or done,
            not busy,
            shown,
            shown,
            EndedState(id=job.id) if done else no_update,
        )


def _words(job: "Job") -> str:
    if job.problem:
        return f"{job.problem[0]}. {job.problem[1]}"
    return "Cancelled." if job.state == "cancelled" else f"{job.doing} …"
