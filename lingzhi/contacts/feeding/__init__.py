"""Conversations told while they go on: signed messages, their events, what becomes of them."""
