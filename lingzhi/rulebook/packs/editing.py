"""Changing one clause of a body: each function gives a new body and leaves the old one alone."""

from typing import Any

from lingzhi.rulebook.packs.content import Body


def added_clause(body: Body, clause: dict[str, Any], *, after: str = "") -> Body:
    """The body with one clause more, behind the clause `after`; at the end without one."""
    clauses = list(body.get("clauses") or ())
    place = next((i + 1 for i, row in enumerate(clauses) if row["number"] == after), len(clauses))
    return {**body, "clauses": [*clauses[:place], clause, *clauses[place:]]}


def replaced_clause(body: Body, number: str, clause: dict[str, Any]) -> Body:
    """The body with another clause in the place of `number`, which may get another number."""
    clauses = body.get("clauses") or ()
    return {**body, "clauses": [clause if row["number"] == number else row for row in clauses]}


def removed_clause(body: Body, number: str) -> Body:
    """The body without the clause `number`."""
    clauses = body.get("clauses") or ()
    return {**body, "clauses": [row for row in clauses if row["number"] != number]}
