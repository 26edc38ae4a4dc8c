"""Somebody makes a token in the browser, a program opens a case with it, the token is revoked."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from lingzhi.cases.services.flows import lay_built_ins

pytestmark = [
    pytest.mark.browser, pytest.mark.slow,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]  # fmt: skip
NEW = {"type": "enquiry", "title": "包裹未送达", "unit": "first"}


def test_a_program_gets_its_token(enter, cast, live_server):
    lay_built_ins(by=None)
    page: Page = enter(cast.bo)
    page.goto("/me/tokens/")
    page.get_by_label("用途").fill("订单系统")
    page.get_by_label("登记工单").check()
    page.get_by_label("查看工单").check()
    page.get_by_role("button", name="生成令牌").click()
    text = page.locator("code", has_text=re.compile("^lz_")).inner_text()

    headers = {"Authorization": f"Bearer {text}", "Content-Type": "application/json"}
    answer = page.request.post("/api/v1/cases", data=json.dumps(NEW), headers=headers)
    assert answer.status == 201, answer.text()
    page.goto("/cases/")
    expect(page.locator("#rows")).to_contain_text(answer.json()["number"])

    page.goto("/me/tokens/")
    expect(page.locator("body")).not_to_contain_text(text)
    page.get_by_role("button", name="吊销").click()
    page.locator("dialog").get_by_role("button", name="吊销").click()
    expect(page.locator("#rows")).to_contain_text("已吊销")
    assert page.request.get("/api/v1/cases", headers=headers).status == 401
