"""Forms of an import: the file, how it is read, what its columns mean, the filter of the list."""

from lingzhi.imports.forms.filters import BatchFilters
from lingzhi.imports.forms.mapping import Line, MappingForm
from lingzhi.imports.forms.reading import ReadingForm
from lingzhi.imports.forms.upload import UploadForm

__all__ = ["BatchFilters", "Line", "MappingForm", "ReadingForm", "UploadForm"]
