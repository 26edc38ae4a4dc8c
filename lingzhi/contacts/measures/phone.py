"""Calls given up, held, transferred, hung up by whom, and with a notice of the recording."""

from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _

from lingzhi.contacts.counting import Answer, Bools, Floats, Params, Table, mean_of, share_of
from lingzhi.contacts.measures.voice import (
    CALLS_ANSWERED,
    OFFERED,
    answered,
    given_up,
    measure_of_calls,
    short_abandons,
    waited_seconds,
)
from lingzhi.core.controls import Param

of = Param("of", _("of"), "choice", choices=lambda: (
    ("offered", _("all offered calls")), ("queued", _("calls that joined a queue")),
))  # fmt: skip
who = Param("who", _("hung up by"), "choice", choices=lambda: (
    ("agent", _("Agent")), ("customer", _("Customer")), ("system", _("System")),
))  # fmt: skip
what = Param("what", _("what"), "choice", choices=lambda: (
    ("recording_notice", _("told of the recording")),
    ("recording_consent", _("agreed to the recording")),
))  # fmt: skip


def abandoned(params: Params, table: Table) -> Answer:
    """Given up by the customer, of the calls offered or of those that joined a queue; with
    `abandon_seconds`, who gave up that soon is in neither.

    A call nobody answered of which nobody told who ended it is not known, never given up.
    """
    taken, unknown = answered(table)
    lost, unsure = given_up(table, taken, unknown)
    among = np.ones(len(table), bool)
    if params["of"] == "queued":
        among = table.known("queued_at")
    if limit := params.get("abandon_seconds") or 0:
        waited = waited_seconds(table)
        among = among & ~(lost & (waited <= limit))
        unsure = unsure | (lost & np.isnan(waited))
    return share_of(among, lost, unsure)


def _taken(table: Table) -> Bools:
    taken, unknown = answered(table)
    return taken | unknown


def _numbers(table: Table, name: str) -> Floats:
    values = [np.nan if value is None else float(value) for value in table.columns[name]]
    return np.array(values, np.float64)


def held(_params: Params, table: Table) -> Answer:
    """Seconds on hold of an answered call."""
    return mean_of(_taken(table), _numbers(table, "hold_seconds"))


def transferred(_params: Params, table: Table) -> Answer:
    """Answered calls that were transferred at least once."""
    times = _numbers(table, "transfers")
    return share_of(_taken(table), times > 0, np.isnan(times))


def hung_up(params: Params, table: Table) -> Answer:
    """Answered calls that this side ended."""
    by = table.columns["ended_by"]
    hits = np.array([one == params["who"] for one in by], bool)
    return share_of(_taken(table), hits, np.array([not one for one in by], bool))


def noticed(params: Params, table: Table) -> Answer:
    """Answered calls whose customer was told of the recording, or agreed to it."""
    told = table.columns[params["what"]]
    hits = np.array([bool(one) for one in told], bool)
    return share_of(_taken(table), hits, np.array([one is None for one in told], bool))


def _words(label: Any, above: Any, below: Any = CALLS_ANSWERED) -> tuple[Any, Any, Any]:
    return label, above, below


MEASURES = [
    measure_of_calls(
        abandoned,
        _words(_("Calls given up"), _("calls given up by the customer"), _("inbound calls")),
        "share",
        of,
        short_abandons,
        columns=(*OFFERED, "ended_by", "outcome"),
    ),
    measure_of_calls(
        held,
        _words(_("Time on hold"), _("seconds on hold")),
        "mean",
        only_in=False,
        columns=(*OFFERED, "hold_seconds"),
    ),
    measure_of_calls(
        transferred,
        _words(_("Calls transferred"), _("calls transferred")),
        "share",
        only_in=False,
        columns=(*OFFERED, "transfers"),
    ),
    measure_of_calls(
        hung_up,
        _words(_("Hung up by one side"), _("calls that this side ended")),
        "share",
        who,
        only_in=False,
        columns=(*OFFERED, "ended_by"),
    ),
    measure_of_calls(
        noticed,
        _words(_("Told of the recording"), _("calls with the notice or the consent")),
        "share",
        what,
        only_in=False,
        columns=(*OFFERED, "recording_notice", "recording_consent"),
    ),
]
