from lingzhi.governance.urls import audits, goals, meetings, plans, references, reviews

app_name = "governance"
NOUNS = (goals, plans, meetings, audits, references, reviews)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
