"""Numbers in sentences: each is written from a stored count and remembered under a name."""

from __future__ import annotations

from triangulation.report.wording import counted, share


class Counted:
    """Writes numbers into sentences and keeps each under a name, so that they can be checked.

    >>> n = Counted()
    >>> n("sources", 4, "data source"), n.counts
    ('4 data sources', {'sources': 4})
    """

    def __init__(self) -> None:
        self.counts: dict[str, float] = {}

    def __call__(self, name: str, number: int, one: str, many: str | None = None) -> str:
        """A number with its noun."""
        self.counts[name] = number
        return counted(number, one, many)

    def share(self, name: str, part: int, whole: int) -> str:
        """A share with its numbers, and in per cent where there is a whole."""
        self.counts |= {name: part, f"{name} of": whole}
        if whole:
            self.counts[f"{name} percent"] = int(f"{part / whole * 100:.0f}")
        return share(part, whole)

    def figure(self, name: str, value: float, digits: int = 0) -> str:
        """A number by itself."""
        self.counts[name] = round(value, digits)
        return f"{value:.{digits}f}".replace("-", "−")
