"""Forms of indicators."""

from lingzhi.kpis.forms.changes import BenchmarkForm, EndForm, OwnerForm, TargetForm
from lingzhi.kpis.forms.definitions import DefinitionForm
from lingzhi.kpis.forms.filters import FigureFilters
from lingzhi.kpis.forms.values import ValueFilters, ValueForm

__all__ = [
    "BenchmarkForm",
    "DefinitionForm",
    "EndForm",
    "FigureFilters",
    "OwnerForm",
    "TargetForm",
    "ValueFilters",
    "ValueForm",
]
