"""Conversations over the API."""

from lingzhi.accounts.factories import Caller, headers_of
from lingzhi.contacts.factories import make_contact

PHONE = "13800002071"


def test_conversations_are_read_masked_and_within_reach(cast):
    make_contact("A-1", agent="1002", turns=f"客服:您好\n客户:我的号码是{PHONE}")
    bo, chen = Caller(headers_of(cast.bo)), Caller(headers_of(cast.chen))
    (line,) = bo.get("/contacts", agent="1002").json()["items"]
    whole = bo.get(f"/contacts/{line['id']}")
    assert whole.json()["turns"][1]["role"] == "customer"
    assert PHONE.encode() not in whole.content
    assert chen.get(f"/contacts/{line['id']}").status_code == 404
    assert chen.get("/contacts").json()["items"] == []
