"""The sums of days beside their facts: what dashboards of whole units read."""

from datetime import date

from django.db import connection

from lingzhi.kpis.models import DaySum, Definition

INSERT = (
    "INSERT INTO kpis_daysum (definition_id, day, unit_id, channel, numerator, denominator,"
    " unknown) SELECT definition_id, day, unit_id, channel, SUM(numerator), SUM(denominator),"
    " SUM(unknown) FROM kpis_fact WHERE definition_id = %s AND day >= %s AND day <= %s"
    " GROUP BY definition_id, day, unit_id, channel"
)


def sum_days(definition: Definition, first: date, last: date) -> None:
    """Add up anew the facts of these days; in the transaction that wrote them."""
    Definition.objects.select_for_update().get(pk=definition.pk)
    DaySum.objects.filter(definition=definition, day__gte=first, day__lte=last).delete()
    ends = [connection.ops.adapt_datefield_value(day) for day in (first, last)]
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [definition.pk, *ends])
