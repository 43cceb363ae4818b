"""What the tables hold and the file can not: collected while it is made, told on the page, by the API and on the console."""

from dataclasses import dataclass, field

from projects.importers.reports import MAX_ENTRIES, ImportEntry, Severity

NAMED = 200  # findings of one kind that are told one by one


@dataclass
class Losses:
    entries: list[ImportEntry] = field(default_factory=list)
    _named: dict[str, int] = field(default_factory=dict)

    def add(self, severity: Severity, code: str, reason: str, *, count: int = 1, value: str = "") -> None:
        """Tell of a loss; of none where ``count`` is zero."""
        if count:
            self.entries.append(ImportEntry(severity, code, reason, value=value[:200], count=count))

    def each(self, severity: Severity, code: str, reason: str, value: str) -> None:
        """Tell of one of many; beyond ``NAMED`` only how many more there are."""
        number = self._named[code] = self._named.get(code, 0) + 1
        if number <= NAMED and len(self.entries) < MAX_ENTRIES:
            self.add(severity, code, reason, value=value)

    def done(self) -> tuple[ImportEntry, ...]:
        """Return all findings, the gravest first."""
        for code, number in self._named.items():
            self.add(
                Severity.WARNING, code, "more of these, not named one by one", count=max(0, number - NAMED)
            )
        order = list(Severity)
        return tuple(sorted(self.entries, key=lambda entry: order.index(entry.severity)))
