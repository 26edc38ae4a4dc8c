"""Regulations on paper."""

from lingzhi.rulebook.printing.paper import Printed, printed
from lingzhi.rulebook.printing.word import word_document, word_rulebook

__all__ = ["Printed", "printed", "word_document", "word_rulebook"]
