"""Which other way suits the customer of a case."""

from lingzhi.cases.models import Case
from lingzhi.contacts.steering import Asked, Suggestion, suggestion
from lingzhi.customers.queries.segments import segments_of


def suggested_for(case: Case) -> Suggestion | None:
    """By its type, class, channel and the classes of its customer; none for one that is over."""
    if case.is_over or case.is_merged:
        return None
    classes = segments_of([case.customer_id])[case.customer_id] if case.customer_id else []
    return suggestion(
        Asked(
            "desk", case.channel.code if case.channel else "", case.type.code, case.case_class,
            [one.pk for one in classes],
        )
    )  # fmt: skip
