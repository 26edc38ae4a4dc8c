from django.urls import path

from lingzhi.knowledge.views import articles, categories

app_name = "knowledge"
urlpatterns = [
    path("", articles.articles, name="list"),
    path("new/", articles.edit, name="new"),
    path("<int:pk>/", articles.article, name="article"),
    path("<int:pk>/edit/", articles.edit, name="edit"),
    path("<int:pk>/submit/", articles.submit, name="submit"),
    path("<int:pk>/end/", articles.end, name="end"),
    path("<int:pk>/said/", articles.said, name="said"),
    path("categories/", categories.categories, name="categories"),
    path("categories/new/", categories.edit, name="new_category"),
    path("categories/<int:pk>/", categories.edit, name="edit_category"),
]
