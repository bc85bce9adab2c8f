"""Every component id, and nothing else.

A name reads ``<tab>-<thing>``. Families of components made at run time get a function; pass
``dash.ALL`` to address them together.
"""

from typing import Any


class Page:
    """The shell around the tabs."""

    CHIP = "page-chip"
    WORKING = "page-working"
    NOTICE = "page-notice"
    STATUS = "page-status"
    THEME = "page-theme"
    BOOT = "page-boot"
    EXPIRED = "page-expired"


class Tour:
    """The tour through the page."""

    OFFER = "tour-offer"
    SAMPLE = "tour-sample"
    OPEN = "tour-open"
    PANEL = "tour-panel"
    PROGRESS = "tour-progress"
    BACK = "tour-back"
    NEXT = "tour-next"


class Glossary:
    """The words that need explaining."""

    BOX = "glossary-box"
    LIST = "glossary-list"


class Store:
    """What the page remembers; see callbacks/state.py."""

    KEPT = "store-kept"
    DATASET = "store-dataset"
    FEATURES = "store-features"
    SCORES = "store-scores"
    VIEW = "store-view"
    BEGUN = "store-begun"
    VIEWS = "store-views"
    ARRIVED = "store-arrived"
    DETAILS = "store-details"
    NAMES = "store-names"
    NAMED = "store-named"
    BALANCE = "store-balance"
    DRAWN = "store-drawn"
    SEGMENTS = "store-segments"
    SELECTION = "store-selection"
    FILTERED = "store-filtered"
    DECISION = "store-decision"
    SHOWN = "store-shown"
    THEME = "store-theme"
    TEMPLATES = "store-templates"
    JOB = "store-job"
    ENDED = "store-ended"
    ASSIGNED = "store-assigned"
    TRIED = "store-tried"
    EDITS = "store-edits"
    EDITED = "store-edited"


class Job:
    """Long work under way."""

    CARD = "job-card"
    DOING = "job-doing"
    BAR = "job-bar"
    PERCENT = "job-percent"
    CANCEL = "job-cancel"
    AGAIN = "job-again"
    TICK = "job-tick"


class Overview:
    """What is in the file."""

    TAB = "overview-tab"
    PANEL = "overview-panel"
    UPLOAD = "overview-upload"
    SAMPLE = "overview-sample"
    TEMPLATE = "overview-template"
    TEMPLATE_FILE = "overview-template-file"
    TILES = "overview-tiles"
    LEDGER = "overview-ledger"
    NOTES = "overview-notes"
    ASIDE = "overview-aside"
    SAVE_ASIDE = "overview-save-aside"
    ASIDE_FILE = "overview-aside-file"
    READING = "overview-reading"
    CHANGES = "overview-changes"
    UNDO = "overview-undo"
    ALERTS = "overview-alerts"
    COLUMNS = "overview-columns"
    PREVIEW = "overview-preview"
    PREVIEW_NOTE = "overview-preview-note"
    SHOW_ALL = "overview-show-all"


class Eda:
    """What the columns look like together."""

    TAB = "eda-tab"
    PANEL = "eda-panel"
    COLUMNS = "eda-columns"
    BINS = "eda-bins"
    SPLIT = "eda-split"
    DISTRIBUTIONS = "eda-distributions"
    VALUE = "eda-value"
    GROUP = "eda-group"
    COMPARISON = "eda-comparison"
    COMPARED = "eda-compared"
    METHOD = "eda-method"
    HEATMAP = "eda-heatmap"
    PAIR = "eda-pair"
    SCATTER = "eda-scatter"
    RELATED = "eda-related"
    FINDINGS = "eda-findings"


class Selection:
    """How many segments."""

    TAB = "selection-tab"
    PANEL = "selection-panel"
    APPROACH = "selection-approach"
    USE = "selection-use"
    FEATURES = "selection-features"
    INFLUENCE = "selection-influence"
    BALANCE = "selection-balance"
    SCALING = "selection-scaling"
    ALGORITHM = "selection-algorithm"
    ABOUT = "selection-about"
    PARAMETERS = "selection-parameters"
    NOISE = "selection-noise"
    NOISE_FIELD = "selection-noise-field"
    GAP = "selection-gap"
    CLUSTERGRAM = "selection-clustergram"
    TELLS = "selection-tells"
    SIDE = "selection-side"
    SIDE_BY_SIDE = "selection-side-by-side"
    RANGE = "selection-range"
    COUNT = "selection-count"
    ACCEPT = "selection-accept"
    SAYS = "selection-says"
    ELBOW = "selection-elbow"
    SILHOUETTE = "selection-silhouette"
    CALINSKI = "selection-calinski"
    DAVIES = "selection-davies"
    STABILITY = "selection-stability"
    PREDICTION = "selection-prediction"
    KNIFE = "selection-knife"
    SCORES = "selection-scores"
    RESULTS = "selection-results"


class Segments:
    """Who is in each segment."""

    TAB = "segments-tab"
    PANEL = "segments-panel"
    HEADLINE = "segments-headline"
    FILTER = "segments-filter"
    CLEAR = "segments-clear"
    MAP = "segments-map"
    MAP_NOTE = "segments-map-note"
    SIZES = "segments-sizes"
    PROFILE = "segments-profile"
    PROFILE_AS = "segments-profile-as"
    PROFILE_NOTE = "segments-profile-note"
    BOXES = "segments-boxes"
    BOX_FIRST = "segments-box-first"
    BOX_SECOND = "segments-box-second"
    BOX_THIRD = "segments-box-third"
    BOX_FOURTH = "segments-box-fourth"
    CARDS = "segments-cards"
    SAYS = "segments-says"
    ORDER = "segments-order"
    ORDER_FIELD = "segments-order-field"
    TABLE = "segments-table"
    TABLE_NOTE = "segments-table-note"
    SAVE_ALL = "segments-save-all"
    SAVE_SELECTION = "segments-save-selection"
    FILE = "segments-file"
    RESULTS = "segments-results"


class Editing:
    """The segments merged, split and enlarged by hand."""

    KIND = "editing-kind"
    PAIR = "editing-pair"
    PAIR_FIELD = "editing-pair-field"
    SEGMENT = "editing-segment"
    PARTS = "editing-parts"
    SPLIT_FIELDS = "editing-split-fields"
    SIZE = "editing-size"
    SIZE_FIELD = "editing-size-field"
    PREVIEW = "editing-preview"
    APPLY = "editing-apply"
    COST = "editing-cost"
    STEPS = "editing-steps"
    NOTE = "editing-note"
    UNDO = "editing-undo"
    UNDO_ALL = "editing-undo-all"


class Takeaway:
    """What can be taken away."""

    CARD = "takeaway-files"
    CSV = "takeaway-csv"
    EXCEL = "takeaway-excel"
    PARQUET = "takeaway-parquet"
    REPORT = "takeaway-report"
    SUMMARY = "takeaway-summary"
    MODEL = "takeaway-model"
    SQL = "takeaway-sql"
    FILE = "takeaway-file"


class Assign:
    """Other customers."""

    UPLOAD = "assign-upload"
    RESULT = "assign-result"
    ACTIONS = "assign-actions"
    SAVE = "assign-save"
    FILE = "assign-file"
    TRY = "assign-try"
    FORM = "assign-form"
    ANSWER = "assign-answer"


def choice(decided: str, where: str) -> dict[str, str]:
    """Id of a control that decides something about the data, by its key and where it stands."""
    return {"type": "choice", "choice": decided, "where": where}


def parameter(name: Any) -> dict[str, Any]:  # noqa: ANN401  # a name, or a wildcard of Dash
    """Id of the field of one parameter of the algorithm in hand."""
    return {"type": "parameter", "name": name}


def assign_field(place: Any) -> dict[str, Any]:  # noqa: ANN401  # a number or dash.ALL
    """Id of the field of one column of the customer who is described."""
    return {"type": "assign-field", "place": place}
