from django.urls import path

from lingzhi.cases.views import afterwards

urlpatterns = [
    path("sheets/", afterwards.sheets, name="sheets"),
    path("<int:pk>/sheet/", afterwards.begin_sheet, name="begin_sheet"),
    path("sheets/<int:pk>/file/", afterwards.file_sheet, name="file_sheet"),
    path("major/", afterwards.majors, name="major_matters"),
    path("<int:pk>/major/", afterwards.mark_major, name="mark_major"),
    path("major/<int:pk>/acknowledge/", afterwards.acknowledge, name="acknowledge_major"),
    path("process-reviews/", afterwards.reviews, name="process_reviews"),
    path("process-reviews/<int:pk>/", afterwards.review, name="process_review"),
    path("<int:pk>/process-review/", afterwards.open_review, name="open_process_review"),
]
