"""Where the addresses of cases are collected."""

from ninja import Router

router = Router(tags=["cases"])
