"""What `inconcert doctor` looks at."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version
from pathlib import Path

from inconcert.core.display import displayed
from inconcert.errors import CaseDamaged, InConcertError, ModelError
from inconcert.parse.pipeline import describe
from inconcert.workbench.bench import Workbench, version

_PACKAGES = ("spacy", "duckdb", "pyarrow", "numpy", "trafilatura", "onnxruntime", "typer")


@displayed
@dataclass(slots=True)
class Diagnosis:
    """What was found, and what is wrong.

    Attributes:
        facts: name → value, in the order in which they are shown.
        problems: each with its advice; none where all is well.
    """

    facts: dict[str, object] = field(default_factory=dict)
    problems: list[InConcertError] = field(default_factory=list)

    def as_record(self) -> dict[str, object]:
        """For `--json`."""
        return {**self.facts, "problems": [problem.as_record() for problem in self.problems]}


def doctor_report(case: Path | None = None) -> Diagnosis:
    """Versions, the language model with its hashes checked, and the state of a case."""
    found = Diagnosis()
    found.facts.update(
        {
            "inconcert": version(),
            "python": sys.version.split()[0],
            "system": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores",
        }
    )
    for package in _PACKAGES:
        try:
            found.facts[package] = installed_version(package)
        except PackageNotFoundError:
            found.facts[package] = "missing"
            advice = "Install InConcert again."
            found.problems.append(ModelError("a package is missing", where=package, advice=advice))
    try:
        bench = None if case is None else Workbench.open(case)
    except InConcertError as error:
        bench = None
        found.problems.append(error)
    _look_at_model(found, None if bench is None else bench.settings.code.model)
    if bench is not None:
        _look_at_case(found, bench)
    return found


def _look_at_model(found: Diagnosis, model: str | None) -> None:
    try:
        told = describe(model)
    except InConcertError as error:
        found.facts["language model"] = "cannot be used"
        found.problems.append(error)
        return
    state = "weights verified" if told["verified"] else "weights not in the lock, unverified"
    found.facts["language model"] = f"{told['model']} ({state})"


def _look_at_case(found: Diagnosis, bench: Workbench) -> None:
    try:
        facts, doubled = bench.info()
        found.facts.update({f"case {name}": value for name, value in facts.items()})
        _ = bench.register
        found.facts["case records"] = bench.outdated() or "made by the present coder, or none yet"
    except InConcertError as error:
        found.problems.append(error)
        return
    found.problems += [
        CaseDamaged(problem, where=identity, advice="Put a copy back, or read and code anew.")
        for problem, identity in doubled
    ]
