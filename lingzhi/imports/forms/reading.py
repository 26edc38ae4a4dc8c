"""How the file itself is read: what was detected, changeable."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lingzhi.core.intake import ImportKind
from lingzhi.imports.formats import CELLS, Options
from lingzhi.imports.formats.csv import ENCODINGS

NAMES = {
    "utf-8": "UTF-8",
    "utf-8-sig": "UTF-8 (BOM)",
    "gb18030": "GB18030 (GBK, GB2312)",
    "big5": "Big5",
    "utf-16": "UTF-16 (BOM)",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}
DELIMITER_LABELS = (
    ("comma", _("Comma ,")),
    ("tab", _("Tab")),
    ("semicolon", _("Semicolon ;")),
    ("bar", _("Bar |")),
)
SHAPES = (("records", _("One conversation a row")), ("turns", _("One turn a row")))
UNITS = (("ms", _("Milliseconds")), ("s", _("Seconds")))


class ReadingForm(forms.Form):
    """Encoding, delimiter, sheet, heading, shape: only what the format knows."""

    encoding = forms.ChoiceField(
        label=_("Encoding"), choices=[(name, NAMES[name]) for name in ENCODINGS]
    )
    delimiter = forms.ChoiceField(label=_("Separated by"), choices=DELIMITER_LABELS)
    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(label=_("Heading in row"), min_value=1, max_value=50)
    shape = forms.ChoiceField(label=_("Shape"), choices=SHAPES)
    unit = forms.ChoiceField(label=_("Times of turns in"), choices=UNITS, required=False)

    def __init__(self, data: Any, *, kind: ImportKind, options: Options) -> None:
        super().__init__(data, initial=_initial(options))
        sheets = options.get("sheets", [])
        self.fields["sheet"].choices = [(name, name) for name in sheets]  # type: ignore[attr-defined]
        is_table = options["format"] in CELLS
        unused = {
            "encoding": options["format"] == "xlsx",
            "delimiter": options["format"] != "csv",
            "sheet": len(sheets) < 2,
            "header_row": not is_table,
            "shape": not kind.turn_fields,
            "unit": not kind.turn_fields,
        }
        for name, is_unused in unused.items():
            if is_unused:
                del self.fields[name]

    def options(self) -> Options:
        """What is valid of it, as options for reading."""
        self.is_valid()
        found = dict(self.cleaned_data)
        if "delimiter" in found:
            found["delimiter"] = DELIMITERS[found["delimiter"]]
        return found


def _initial(options: Options) -> dict[str, Any]:
    by_sign = {sign: name for name, sign in DELIMITERS.items()}
    return {
        "unit": "ms",
        **options,
        "delimiter": by_sign.get(options.get("delimiter", ","), "comma"),
        "sheet": options.get("sheet") or next(iter(options.get("sheets", [])), ""),
    }
