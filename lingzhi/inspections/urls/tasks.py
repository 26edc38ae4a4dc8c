from django.urls import path

from lingzhi.inspections.views import tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/next/", tasks.next_task, name="next_task"),
    path("tasks/<int:pk>/score/", tasks.score_task, name="score_task"),
    path("tasks/load/", tasks.tasks, name="task_load"),
]
