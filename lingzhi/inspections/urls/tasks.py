from django.urls import path

from lingzhi.inspections.views import task_load, tasks

urlpatterns = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/next/", tasks.next_task, name="next_task"),
    path("tasks/load/", task_load.load, name="task_load"),
    path("tasks/load/<int:pk>/", task_load.set_workload, name="set_workload"),
    path("tasks/all/", task_load.given_tasks, name="given_tasks"),
    path("tasks/give/", task_load.give_tasks, name="give_tasks"),
    path("tasks/<int:pk>/score/", tasks.score_task, name="score_task"),
    path("tasks/<int:pk>/swap/", tasks.swap_task, name="swap_task"),
]
