from django.urls import reverse

from lingzhi.accounts.models import SavedView
from lingzhi.audit.models import Entry

SAVE = reverse("accounts:view_save")
LIST = reverse("contacts:list")


def save(client, name="mine", page="contacts:list", query="text=退款&page=3&channel=phone"):
    return client.post(
        SAVE, {"page": page, "name": name}, headers={"Referer": f"http://testserver{LIST}?{query}"}
    )


def test_it_keeps_the_filters_without_the_page_number(as_, cast):
    answer = save(as_(cast.bo))
    view = SavedView.objects.get()
    assert view.query == "text=%E9%80%80%E6%AC%BE&channel=phone"
    assert answer.url == f"{LIST}?{view.query}"
    assert Entry.objects.filter(action="accounts.view_saved").exists()


def test_the_same_name_replaces(as_, cast):
    save(as_(cast.bo))
    save(as_(cast.bo), query="channel=chat")
    assert SavedView.objects.get().query == "channel=chat"


def test_it_stands_on_the_list_of_its_owner_only(as_, cast):
    save(as_(cast.bo), name="only-bo")
    assert "only-bo" in as_(cast.bo).get(LIST).content.decode()
    assert "only-bo" not in as_(cast.bea).get(LIST).content.decode()


def test_a_list_that_is_not_ours_is_refused(as_, cast):
    assert save(as_(cast.bo), page="https://example.org").status_code == 422


def test_forgetting_is_for_the_owner(as_, cast):
    save(as_(cast.bo))
    url = reverse("accounts:view_forget", args=[SavedView.objects.get().pk])
    assert as_(cast.bea).post(url).status_code == 404
    assert as_(cast.bo).get(url).status_code == 405
    assert as_(cast.bo).post(url).status_code == 302
    assert not SavedView.objects.exists()
