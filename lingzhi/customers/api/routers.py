"""Where the addresses of customers are collected."""

from ninja import Router

router = Router(tags=["customers"])
