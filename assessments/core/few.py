"""Countries with so few people that a general attribution ("an NGO") may identify one."""

FEW_INHABITANTS = frozenset(
    {
        "ABW", "AND", "ATG", "BHS", "BRB", "BLZ", "BTN", "BRN", "CPV", "COM",
        "CUW", "CYM", "DMA", "FJI", "FSM", "GRD", "GUY", "ISL", "KIR", "KNA",
        "LCA", "LIE", "LUX", "MAC", "MDV", "MHL", "MLT", "MCO", "MNE", "NRU",
        "PLW", "SLB", "SMR", "STP", "SUR", "SXM", "SYC", "TON", "TUV", "VCT",
        "VUT", "WSM",
    }
)  # fmt: skip
"""ISO 3166 codes of countries and territories with fewer than a million inhabitants, by round estimates of the 2020s;
a list of ours for a warning, not a statistic."""
