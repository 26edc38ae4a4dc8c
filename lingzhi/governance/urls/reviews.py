from django.urls import path

from lingzhi.governance.views import reviews

urlpatterns = [
    path("reviews/", reviews.reviews, name="reviews"),
    path("reviews/new/", reviews.add_review, name="add_review"),
    path("reviews/<int:pk>/", reviews.review, name="review"),
    path("reviews/<int:pk>/edit/", reviews.edit_review, name="edit_review"),
    path("reviews/<int:pk>/prepare/", reviews.prepare, name="prepare_review"),
    path("reviews/<int:pk>/ask/", reviews.ask, name="ask_in_review"),
    path("reviews/<int:pk>/hold/", reviews.hold, name="hold_review"),
    path("reviews/<int:pk>/decide/", reviews.decide, name="decide_in_review"),
    path("reviews/<int:pk>/close/", reviews.close, name="close_review"),
    path("reviews/<int:pk>/cancel/", reviews.cancel, name="cancel_review"),
    path("reviews/<int:pk>/pdf/", reviews.pdf, name="review_pdf"),
    path("reviews/<int:pk>/word/", reviews.word, name="review_word"),
    path("reviews/lines/<int:pk>/judge/", reviews.judge, name="judge_line"),
    path("reviews/decisions/<int:pk>/done/", reviews.decision_done, name="decision_done"),
]
