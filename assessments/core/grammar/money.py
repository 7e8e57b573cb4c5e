"""Money: local currency first, U.S. dollars in parentheses (narrative-style.md 9)."""

from assessments.core.grammar.numbers import figures, number


def _amount(value: float) -> str:
    """Write an amount: millions in words with at most two decimals, smaller ones in figures."""
    for size, name in ((1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million")):
        if value >= size:
            return f"{value / size:.2f}".rstrip("0").rstrip(".") + f" {name}"
    if value == int(value):
        return figures(int(value))
    return f"{value:,.2f}"


def money(amount: float | None, currency: str = "", usd: float | None = None) -> str:
    """Return an amount with its currency and its value in dollars: "40,000 Moldovan lei ($2,200)".

    Empty where neither amount is known. An amount without a currency is not money and is left out.
    """
    dollars = f"${_amount(usd)}" if usd is not None else ""
    if amount is None or not currency:
        return dollars
    local = number(int(amount)) if amount == int(amount) and amount < 10 else _amount(amount)
    return f"{local} {currency} ({dollars})" if dollars else f"{local} {currency}"
