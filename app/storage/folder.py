"""The folder of the frames; to make it needs no library, so that a server can begin with it."""

from pathlib import Path

from analytics.errors import UnwritableFile


def make(root: Path) -> Path:
    """Make the folder, for this user alone; give the place of its drafts.

    Raises
    ------
    UnwritableFile
        If it cannot be made.
    """
    drafts = root / "drafts"
    try:
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
        drafts.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnwritableFile(
            f"The cache folder {root} cannot be made: {error.strerror}.",
            "Let SEGMENTS_CACHE_DIR name a folder that can be written.",
        ) from error
    return drafts
