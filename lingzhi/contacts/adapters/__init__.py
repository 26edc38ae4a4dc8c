"""Sources with a form of their own, one small module each: `records(path)` yields records."""

from lingzhi.contacts.adapters import crosswoz
from lingzhi.core.intake import Adapter

ADAPTERS: dict[str, Adapter] = {"crosswoz": Adapter("CrossWOZ", crosswoz.records)}
