from django.urls import path

from projects.web import baselines, changes, milestones, paths, plans, projects, quality, tasks

app_name = "projects"
urlpatterns = [
    path("programs/<int:pk>/plan/", plans.program_plan, name="program-plan"),
    path("programs/<int:pk>/plan/data/", plans.gantt_data, name="gantt-data"),
    path("programs/<int:pk>/plan/edits/", plans.plan_edit, name="plan-edit"),
    path("programs/<int:pk>/plan/options/", plans.plan_options, name="plan-options"),
    path("programs/<int:pk>/quality/", quality.program_quality, name="program-quality"),
    path("programs/<int:pk>/milestones/", milestones.milestone_list, name="milestone-list"),
    path("programs/<int:pk>/milestones/panel/", milestones.milestone_panel, name="milestone-panel"),
    path("programs/<int:pk>/changes/", changes.change_list, name="change-list"),
    path("programs/<int:pk>/changes/panel/", changes.change_panel, name="change-panel"),
    path("programs/<int:pk>/changes/<int:change_set>/", changes.change_detail, name="change-detail"),
    path("programs/<int:pk>/changes/<int:change_set>/undo/", changes.change_undo, name="change-undo"),
    path("programs/<int:pk>/projects/", projects.project_panel, name="project-panel"),
    path("programs/<int:pk>/projects/new/", projects.project_create, name="project-create"),
    path("projects/<int:pk>/edit/", projects.project_edit, name="project-edit"),
    path("projects/<int:pk>/delete/", projects.project_delete, name="project-delete"),
    path("programs/<int:pk>/baselines/", baselines.baseline_list, name="baseline-list"),
    path("programs/<int:pk>/baselines/choose/", baselines.baseline_choose, name="baseline-choose"),
    path("tasks/<int:pk>/", tasks.task_drawer, name="task-drawer"),
    path("tasks/<int:pk>/paths/", paths.task_paths, name="task-paths"),
    path("tasks/<int:pk>/paths/<str:kind>/", paths.path_export, name="path-export"),
    path("tasks/<int:pk>/edit/", tasks.task_update, name="task-update"),
    path("tasks/<int:pk>/progress/", tasks.task_progress, name="task-progress"),
    path("tasks/<int:pk>/links/", tasks.task_link, name="task-link"),
    path("links/<int:pk>/remove/", tasks.task_unlink, name="task-unlink"),
]
