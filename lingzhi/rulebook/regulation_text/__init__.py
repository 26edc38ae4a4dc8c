"""From an adopter's own regulation to clauses and proposed controls. No tables, no requests.

`reading` gives blocks of text, `articles` makes clauses of them, `proposing` finds the figures,
cadences, phrases and posts that a control could watch.
"""
