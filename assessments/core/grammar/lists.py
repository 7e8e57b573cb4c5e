"""Lists inside sentences."""

from collections.abc import Iterable


def join(items: Iterable[str], conjunction: str = "and", *, serial_comma: bool = True) -> str:
    """Join phrases: "a", "a and b", "a, b, and c". Items that hold commas themselves are kept apart by semicolons."""
    parts = [item for item in items if item]
    if not parts:
        return ""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return f"{parts[0]} {conjunction} {parts[1]}"
    mark = ";" if any("," in part for part in parts) else ","
    last = f"{mark} {conjunction} " if serial_comma or mark == ";" else f" {conjunction} "
    return f"{mark} ".join(parts[:-1]) + last + parts[-1]
