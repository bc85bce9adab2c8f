"""Customer segmentation as pure functions: frames in, frames out, no I/O and no web."""
