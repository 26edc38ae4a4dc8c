from django.urls import path

from lingzhi.inspections.views import chats, watches

urlpatterns = [
    path("live/any/", watches.watch_any, name="watch_any"),
    path("live/<int:pk>/note/", watches.note, name="note_live"),
    path("live/<int:pk>/whisper/", chats.whisper, name="whisper"),
    path("live/<int:pk>/take-over/", chats.take_over, name="take_over"),
    path("watches/", watches.watches, name="watches"),
    path("watches/<int:pk>/", watches.watch, name="watch"),
    path("watches/<int:pk>/publish/", watches.publish, name="publish_watch"),
    path("watches/notes/<int:pk>/done/", watches.finish_note, name="finish_note"),
]
