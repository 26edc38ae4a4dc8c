from lingzhi.improvement.urls import plans, rectifications, repeats

app_name = "improvement"
NOUNS = (plans, rectifications, repeats)
urlpatterns = [route for noun in NOUNS for route in noun.urlpatterns]
