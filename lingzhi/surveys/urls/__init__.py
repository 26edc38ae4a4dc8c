from lingzhi.surveys.urls import (
    invitations,
    places,
    plans,
    public,
    questionnaires,
    results,
    rules,
    scales,
)

app_name = "surveys"
NOUNS = (invitations, places, plans, public, questionnaires, results, rules, scales)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
