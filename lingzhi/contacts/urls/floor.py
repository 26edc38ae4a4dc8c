from django.urls import path

from lingzhi.contacts.views import desk, floor, load

urlpatterns = [
    path("desk/", desk.desk, name="desk"),
    path("desk/state/", desk.set_state, name="set_state"),
    path("desk/breaks/<int:pk>/", desk.take_break, name="take_break"),
    path("desk/hand/", desk.raise_hand, name="raise_hand"),
    path("desk/hand/<int:pk>/lower/", desk.lower_hand, name="lower_hand"),
    path("floor/", floor.floor, name="floor"),
    path("floor/attendance/", floor.attendance, name="attendance"),
    path("floor/attendance/export/", floor.export_attendance, name="export_attendance"),
    path("floor/agents/<int:pk>/", floor.force, name="force_state"),
    path("floor/requests/<int:pk>/", floor.decide, name="decide_break"),
    path("floor/hands/<int:pk>/", floor.answer_hand, name="answer_hand"),
    path("floor/breaks/", floor.break_reasons, name="break_reasons"),
    path("floor/breaks/<int:pk>/", floor.break_reasons, name="break_reason"),
    path("wallboard/", floor.wallboard, name="wallboard"),
    path("floor/load/", load.load, name="load"),
    path("floor/load/range/", load.set_range, name="load_range"),
    path("board/", floor.service_board, name="board"),
    path("surges/", floor.surges, name="surges"),
    path("surges/<int:pk>/", floor.surge, name="surge"),
    path("surges/<int:pk>/end/", floor.end_surge, name="end_surge"),
]
