"""Frozen values in, bytes out: one file a format. An exporter never sees a row, a setting or the clock.

Each module has `export(values) -> bytes`, which takes the open part of a snapshot as `snapshots.opened` or, where the
policy lets the reader see an unreleased tier, `snapshots.with_tier` returns it.
"""
