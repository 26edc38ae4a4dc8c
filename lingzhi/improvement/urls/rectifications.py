from django.urls import path

from lingzhi.improvement.views import planning, rectifications, verifying

urlpatterns = [
    path("", rectifications.rectifications, name="rectifications"),
    path("export/", rectifications.export, name="export"),
    path("start/", rectifications.start, name="start"),
    path("<int:pk>/", rectifications.rectification, name="rectification"),
    path("<int:pk>/edit/", rectifications.edit, name="edit"),
    path("<int:pk>/note/", rectifications.write_note, name="note"),
    path("<int:pk>/drop/", rectifications.drop, name="drop"),
    path("<int:pk>/cause/", planning.add_cause, name="add_cause"),
    path("causes/<int:pk>/remove/", planning.remove_cause, name="remove_cause"),
    path("<int:pk>/measure/", planning.add_measure, name="add_measure"),
    path("measures/<int:pk>/remove/", planning.remove_measure, name="remove_measure"),
    path("measures/<int:pk>/done/", planning.measure_done, name="measure_done"),
    path("measures/<int:pk>/change/", planning.begin_change, name="begin_change"),
    path("<int:pk>/effect/", planning.set_effect, name="set_effect"),
    path("<int:pk>/ask/", planning.ask_approval, name="ask_approval"),
    path("<int:pk>/take-back/", planning.take_plan_back, name="take_back"),
    path("<int:pk>/done/", verifying.done, name="done"),
    path("<int:pk>/verify/", verifying.sign, name="verify"),
    path("<int:pk>/close/", verifying.close_it, name="close"),
    path("<int:pk>/carry/", verifying.carry, name="carry"),
    path("<int:pk>/reward/", verifying.reward_proposer, name="reward"),
    path("<int:pk>/reopen/", verifying.reopen_it, name="reopen"),
]
