"""The bar that tells how far long work is."""

from dash import dcc, html

from layouts import ids, parts


def build() -> html.Section:
    """Build the bar; it is hidden while nothing long is being done."""
    return html.Section(
        [
            html.Span(id=ids.Job.DOING, className="job-doing", role="status"),
            html.Progress(
                id=ids.Job.BAR,
                value="0",
                max="100",
                className="job-bar",
                **parts.attributes(aria_label="How much of the work is done"),
            ),
            html.Span(id=ids.Job.PERCENT, className="job-percent"),
            html.Button("Cancel", id=ids.Job.CANCEL, type="button", className="job-button"),
            html.Button(
                "Try again", id=ids.Job.AGAIN, type="button", className="job-button", hidden=True
            ),
            dcc.Interval(id=ids.Job.TICK, interval=400, disabled=True),
        ],
        id=ids.Job.CARD,
        className="job",
        hidden=True,
        **parts.attributes(aria_label="Long work"),
    )
