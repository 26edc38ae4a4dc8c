"""Where the addresses of conversations are collected."""

from ninja import Router

router = Router(tags=["contacts"])
