from lingzhi.surveys.urls import (
    invitations,
    places,
    plans,
    public,
    questionnaires,
    rules,
    scales,
)

app_name = "surveys"
NOUNS = (invitations, places, plans, public, questionnaires, rules, scales)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
