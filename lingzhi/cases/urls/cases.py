from django.urls import path

from lingzhi.cases.views import acts, at_once, cases

urlpatterns = [
    path("", cases.cases, name="list"),
    path("at-once/", at_once.at_once, name="at_once"),
    path("new/", cases.open_one, name="open"),
    path("new/from/<int:contact>/", cases.open_one, name="open_from"),
    path("<int:pk>/", cases.case, name="case"),
    path("<int:pk>/move/", acts.move, name="move"),
    path("<int:pk>/note/", acts.note, name="note"),
    path("<int:pk>/assign/", acts.assign, name="assign"),
    path("<int:pk>/take/", acts.take, name="take"),
    path("<int:pk>/tell/", acts.tell, name="tell"),
    path("<int:pk>/answer/", acts.answer, name="answer"),
    path("<int:pk>/hand-over/", acts.hand_over, name="hand_over"),
    path("hand-overs/<int:pk>/accept/", acts.accept, name="accept_hand_over"),
    path("hand-overs/<int:pk>/return/", acts.send_back, name="return_hand_over"),
    path("clocks/<int:pk>/", cases.clock, name="clock"),
]
