from lingzhi.governance.urls import (
    audits,
    directory,
    goals,
    meetings,
    plans,
    policies,
    references,
    reviews,
)

app_name = "governance"
NOUNS = (goals, plans, policies, directory, meetings, audits, references, reviews)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
