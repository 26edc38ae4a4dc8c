"""Governance of the loop (管理与评审): goals and plans, audits and reviews, meetings and what they
decide."""
