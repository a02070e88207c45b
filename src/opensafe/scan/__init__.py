"""Runs a whole scan: history, formats and detectors put together, in worker processes."""
