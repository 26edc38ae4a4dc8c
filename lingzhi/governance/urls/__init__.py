from lingzhi.governance.urls import goals, meetings, plans

app_name = "governance"
NOUNS = (goals, plans, meetings)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
