"""The JSON Schema of the interchange file, as published in docs/."""

from typing import Any

from assessments.core.interchange.reading import adapter


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the interchange file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Indicia assessment",
        **adapter().json_schema(),
        "required": ["country", "format", "format_version", "framework", "report_year"],
    }
