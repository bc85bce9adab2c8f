"""Frames to figures; nothing is computed here that a number on the page depends on."""
