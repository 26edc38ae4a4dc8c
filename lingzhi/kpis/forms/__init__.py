"""Forms of indicators."""

from lingzhi.kpis.forms.changes import BenchmarkForm, EndForm, OwnerForm, TargetForm, ValueForm
from lingzhi.kpis.forms.definitions import DefinitionForm
from lingzhi.kpis.forms.filters import FigureFilters

__all__ = [
    "BenchmarkForm",
    "DefinitionForm",
    "EndForm",
    "FigureFilters",
    "OwnerForm",
    "TargetForm",
    "ValueForm",
]
