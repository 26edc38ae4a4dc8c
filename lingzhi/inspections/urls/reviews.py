from django.urls import path

from lingzhi.inspections.views import rechecks, reviews, workbench

urlpatterns = [
    path("conversations/<int:contact>/score/", reviews.open_review, name="open_review"),
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/release/", rechecks.release_every, name="release_reviews"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/score/", reviews.score, name="score_review"),
    path("reviews/<int:pk>/seconds/", reviews.add_seconds, name="add_seconds"),
    path("reviews/<int:pk>/heard/", workbench.heard, name="note_heard"),
    path("reviews/<int:pk>/similar/<slug:item>/", workbench.similar, name="similar_reviews"),
    path("reviews/<int:pk>/photos/<slug:item>/", workbench.photos, name="review_photos"),
    path("photos/<int:pk>/", workbench.photo, name="photo"),
    path("photos/<int:pk>/remove/", workbench.forget_photo, name="remove_photo"),
    path("reviews/<int:pk>/veto/", reviews.decide_veto, name="decide_veto"),
    path("reviews/<int:pk>/recheck/", rechecks.recheck, name="recheck_review"),
    path("reviews/<int:pk>/release/", reviews.release, name="release_review"),
    path("reviews/<int:pk>/acknowledge/", reviews.acknowledge, name="acknowledge_review"),
]
