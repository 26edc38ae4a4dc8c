"""Proposals as one line each, so that a person can write down what is expected."""

from lingzhi.rulebook.regulation_text.proposals import Found, Proposal

DECIDING = ("indicator", "clock", "case", "use", "place", "post", "method")


def said(proposal: Proposal) -> str:
    decided = [str(proposal.fixed[name]) for name in DECIDING if name in proposal.fixed]
    strict = ["strict"] if proposal.fixed.get("is_strict") else []
    figures = [
        f"{name}={_value(figure)}"
        for name, figure in sorted(proposal.figures.items())
        if not figure.is_assumed
    ]
    return " ".join([proposal.kind, *decided, *strict, *figures])


def _value(figure: Found) -> str:
    if isinstance(figure.value, list):
        return str(len(figure.value))
    return "?" if figure.value is None else f"{figure.value}{figure.unit}"
