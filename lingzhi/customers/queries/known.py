"""Finding customers by what identifies them, without ever reading it in the clear."""

import re
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Q
from opencc import OpenCC

from lingzhi.customers.indexes import TELLING, index_of
from lingzhi.customers.models import Company, Identifier


def customers_known_by(text: str, *, most: int = 50) -> list[int]:
    """Ids of the customers whom a phone, ID card, account or e-mail of exactly these words names.

    Found by the blind index: width, case, blanks and +86 make no difference.
    """
    if not text.strip():
        return []
    rows = Identifier.objects.filter(_told_by(text), customer__merged_into=None)
    return list(rows.order_by("customer").values_list("customer", flat=True).distinct()[:most])


def fitting(text: str) -> Q:
    """A filter for customers: a number (C17), a whole phone, account, e-mail, ID card or name,
    the last four digits of a phone, or a part of a company's name.
    """
    text = text.strip()
    if found := re.fullmatch(r"[Cc](\d{1,18})", text):
        return Q(pk=int(found[1]))
    named = Q(kind=Identifier.Kind.NAME, blind_index__in=_name_indexes(text))
    told = _told_by(text) | named
    if re.fullmatch(r"\d{4}", text):
        told |= Q(tail=text)
    companies = Company.objects.filter(name__icontains=text).values("pk")
    people = Identifier.objects.filter(told).values("customer")
    return Q(pk__in=people) | Q(company__in=companies)


def _told_by(text: str) -> Q:
    same = (Q(kind=kind, blind_index=index_of(kind, text)) for kind in TELLING)
    return reduce(or_, same)


def _name_indexes(text: str) -> set[str]:
    """Simplified and traditional writings of a name find each other."""
    writings = {text, *(_converter(way).convert(text) for way in ("t2s", "s2t"))}
    return {index_of(Identifier.Kind.NAME, writing) for writing in writings}


@lru_cache
def _converter(way: str) -> OpenCC:
    return OpenCC(way)
