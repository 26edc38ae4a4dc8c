from lingzhi.governance.urls import meetings

app_name = "governance"
NOUNS = (meetings,)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
