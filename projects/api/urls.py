"""Addresses of the plan's resources, below /api/v1/."""

from django.urls import path

from projects.api import (
    alignments,
    assignments,
    baselines,
    commitments,
    dependencies,
    movements,
    paths,
    plans,
    projects,
    quality,
    scenarios,
    tasks,
)

urlpatterns = [
    path("projects/", projects.ProjectList.as_view(), name="project-list"),
    path("projects/<int:pk>/", projects.ProjectItem.as_view(), name="project-item"),
    path("programs/<int:pk>/projects/", projects.ProgramProjects.as_view(), name="program-projects"),
    path("tasks/", tasks.TaskList.as_view(), name="task-list"),
    path("tasks/<int:pk>/", tasks.TaskItem.as_view(), name="task-item"),
    path("tasks/<int:pk>/why/", paths.TaskWhy.as_view(), name="task-why"),
    path("tasks/<int:pk>/paths/", paths.TaskPaths.as_view(), name="task-paths"),
    path("tasks/<int:pk>/movement/", movements.TaskMovement.as_view(), name="task-movement"),
    path("projects/<int:pk>/movement/", movements.ProjectMovement.as_view(), name="project-movement"),
    path("programs/<int:pk>/movement/", movements.ProgramMovement.as_view(), name="program-movement"),
    path("programs/<int:pk>/tasks/", tasks.ProgramTasks.as_view(), name="program-tasks"),
    path("programs/<int:pk>/plan/edits/", tasks.PlanEdits.as_view(), name="plan-edits"),
    path("dependencies/", dependencies.DependencyList.as_view(), name="dependency-list"),
    path("dependencies/<int:pk>/", dependencies.DependencyItem.as_view(), name="dependency-item"),
    path(
        "programs/<int:pk>/dependencies/",
        dependencies.ProgramDependencies.as_view(),
        name="program-dependencies",
    ),
    path("alignments/", alignments.AlignmentList.as_view(), name="alignment-list"),
    path("alignments/<int:pk>/", alignments.AlignmentItem.as_view(), name="alignment-item"),
    path("projects/<int:pk>/alignments/", alignments.ProjectAlignments.as_view(), name="project-alignments"),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitment-list"),
    path("commitments/<int:pk>/", commitments.CommitmentItem.as_view(), name="commitment-item"),
    path("commitments/<int:pk>/promise/", commitments.CommitmentPromise.as_view(), name="commitment-promise"),
    path("commitments/<int:pk>/answer/", commitments.CommitmentAnswer.as_view(), name="commitment-answer"),
    path(
        "commitments/<int:pk>/delivery/", commitments.CommitmentDelivery.as_view(), name="commitment-delivery"
    ),
    path("commitments/<int:pk>/history/", commitments.CommitmentHistory.as_view(), name="commitment-history"),
    path(
        "dependencies/<int:pk>/commitment/",
        commitments.DependencyCommitment.as_view(),
        name="dependency-commitment",
    ),
    path("assignments/", assignments.AssignmentList.as_view(), name="assignment-list"),
    path("assignments/<int:pk>/", assignments.AssignmentItem.as_view(), name="assignment-item"),
    path("tasks/<int:pk>/assignments/", assignments.TaskAssignments.as_view(), name="task-assignments"),
    path("scenarios/", scenarios.ScenarioList.as_view(), name="scenario-list"),
    path("scenarios/<int:pk>/", scenarios.ScenarioItem.as_view(), name="scenario-item"),
    path("scenarios/<int:pk>/edits/", scenarios.ScenarioEdits.as_view(), name="scenario-edits"),
    path(
        "scenarios/<int:pk>/comparison/", scenarios.ScenarioComparison.as_view(), name="scenario-comparison"
    ),
    path("scenarios/<int:pk>/apply/", scenarios.ScenarioApply.as_view(), name="scenario-apply"),
    path("programs/<int:pk>/scenarios/", scenarios.ProgramScenarios.as_view(), name="program-scenarios"),
    path("baselines/", baselines.BaselineList.as_view(), name="baseline-list"),
    path("baselines/<int:pk>/", baselines.BaselineItem.as_view(), name="baseline-item"),
    path("baselines/<int:pk>/tasks/", baselines.BaselineTasks.as_view(), name="baseline-tasks"),
    path("programs/<int:pk>/plan/", plans.PlanOptions.as_view(), name="plan-options"),
    path("programs/<int:pk>/quality/", quality.ProgramQuality.as_view(), name="program-quality"),
    path("projects/<int:pk>/quality/", quality.ProjectQuality.as_view(), name="project-quality"),
    path("programs/<int:pk>/plan/baseline/", baselines.ProgramBaseline.as_view(), name="program-baseline"),
]
