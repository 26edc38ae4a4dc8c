"""Where the addresses of surveys are collected."""

from ninja import Router

router = Router(tags=["surveys"])
