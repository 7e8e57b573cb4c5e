"""A second version of the framework, as an office would load one."""

import datetime as dt

from frameworks.spec.measurement import FrameworkSpec, LineageSpec


def newer(spec: FrameworkSpec) -> FrameworkSpec:
    """Return a version of next year: an indicator reworded, one descriptor and one parameter changed."""
    first, *rest = spec.indicators
    lowest, *levels = first.levels
    reworded = first.model_copy(update={"levels": (lowest.model_copy(update={"descriptor": "Nobody."}), *levels)})
    parameter, *others = spec.parameters
    return spec.model_copy(
        update={
            "version": "2027.1",
            "previous_version": spec.version,
            "in_force_from": dt.date(2027, 1, 1),
            "indicators": (reworded, *rest),
            "parameters": (parameter.model_copy(update={"value": parameter.value + 1}), *others),
            "lineage": tuple(
                LineageSpec(
                    indicator=item.slug,
                    previous=(item.slug,),
                    change="reworded" if item.slug == first.slug else "same",
                    comparable=item.slug != first.slug,
                )
                for item in spec.indicators
            ),
        }
    )
