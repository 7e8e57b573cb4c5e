"""The pages of the assessments app."""

from django.urls import URLPattern, path

from assessments.views import (
    checks,
    compare,
    coordinate,
    decision,
    determinations,
    draft,
    evidence,
    exports,
    facts,
    home,
    house_style,
    questions,
    record,
    review,
)

app_name = "assessments"
A = "assessments/<uuid:assessment_id>/"

urlpatterns: list[URLPattern] = [
    # The role's work
    path("", home.home, name="home"),
    path("assessments/", home.listing, name="list"),
    path("report/", home.report, name="report"),
    # The coordinator's desk
    path("periods/open/", coordinate.open_period, name="open-period"),
    path("assessments/open/", coordinate.open_assessment, name="open-assessment"),
    path(A + "people/", coordinate.people, name="people"),
    path(A + "people/end/", coordinate.end_assignment, name="end-assignment"),
    # The record
    path(A, record.assessment, name="assessment"),
    path(A + "decision/", decision.decision, name="decision"),
    path(A + "evidence/", evidence.evidence, name="evidence"),
    path(A + "sources/use/", evidence.use_source, name="use-source"),
    path(A + "evidence/new/", evidence.item, name="evidence-new"),
    path(A + "evidence/<str:ref>/", evidence.item, name="evidence-item"),
    path(A + "evidence/<str:ref>/withdraw/", evidence.withdraw_item, name="evidence-withdraw"),
    path(A + "sources/new/", evidence.source, name="source-new"),
    path(A + "sources/<str:ref>/", evidence.source, name="source"),
    path(A + "facts/", facts.fact_sheets, name="facts"),
    path(A + "facts/quick/", facts.quick, name="quick"),
    path(A + "facts/<slug:sheet>/new/", facts.fact, name="fact-new"),
    path(A + "facts/<slug:sheet>/new/preview/", facts.preview, name="fact-new-preview"),
    path(A + "facts/<slug:sheet>/<str:ref>/", facts.fact, name="fact"),
    path(A + "facts/<slug:sheet>/<str:ref>/preview/", facts.preview, name="fact-preview"),
    path(A + "facts/requests/<str:ref>/approve/", facts.approve_presumption, name="approve-presumption"),
    path(A + "facts/<slug:sheet>/<str:ref>/withdraw/", facts.withdraw, name="fact-withdraw"),
    path(A + "groups/<slug:code>/", questions.group, name="group"),
    path(A + "questions/<slug:code>/", questions.question, name="question"),
    path(A + "questions/<slug:code>/endorse/", questions.endorse, name="endorse"),
    path(A + "questions/<slug:code>/<slug:part>/", questions.question, name="question-part"),
    path(A + "questions/<slug:code>/<slug:part>/endorse/", questions.endorse, name="endorse-part"),
    path(A + "determinations/", determinations.determinations, name="determinations"),
    path(A + "determinations/propose/", determinations.propose, name="propose"),
    path(
        A + "determinations/<uuid:determination_id>/approve/",
        determinations.approve_determination,
        name="approve-determination",
    ),
    path(
        A + "determinations/<uuid:determination_id>/withdraw/", determinations.withdraw, name="withdraw-determination"
    ),
    path(A + "checks/", checks.checks, name="checks"),
    path(A + "checks/<slug:key>/accept/", checks.accept, name="accept-check"),
    path(A + "checks/<slug:key>/reopen/", checks.reopen, name="reopen-check"),
    path(A + "log/", record.log, name="log"),
    path(A + "compare/", compare.comparison, name="compare"),
    # The draft
    path(A + "draft/", draft.draft, name="draft"),
    path(A + "draft/add/", draft.add, name="add-sentence"),
    path(A + "draft/<uuid:sentence_id>/edit/", draft.edit, name="edit-sentence"),
    path(A + "draft/<uuid:sentence_id>/revert/", draft.revert, name="revert-sentence"),
    path(A + "draft/<uuid:sentence_id>/remove/", draft.remove, name="remove-sentence"),
    path(A + "draft/<uuid:sentence_id>/restore/", draft.restore, name="restore-sentence"),
    path(A + "draft/<uuid:sentence_id>/accept/", draft.accept, name="accept-suggestion"),
    path(A + "recommendations/<uuid:recommendation_id>/place/", draft.place, name="place-recommendation"),
    path(A + "recommendations/<uuid:recommendation_id>/words/", draft.word, name="word-recommendation"),
    # Review and export
    path(A + "review/", review.review, name="review"),
    path(A + "review/submit/", review.submit, name="submit"),
    path(A + "review/changes/", review.request_changes, name="request-changes"),
    path(A + "review/reopen/", review.reopen, name="reopen"),
    path(A + "review/correct/", review.correct, name="correct"),
    path(A + "review/steps/<uuid:step_id>/approve/", review.approve, name="approve"),
    path(A + "review/remarks/", review.comment, name="comment"),
    path(A + "review/remarks/on/<uuid:sentence_id>/", review.comment, name="comment-sentence"),
    path(A + "review/remarks/<uuid:comment_id>/answer/", review.reply, name="reply"),
    path(A + "review/remarks/<uuid:comment_id>/resolve/", review.resolve, name="resolve-comment"),
    path(A + "review/working-copy/", exports.working_copy, name="working-copy"),
    path("snapshots/<uuid:snapshot_id>/", exports.snapshot, name="snapshot"),
    path("snapshots/<uuid:snapshot_id>/release/", exports.release, name="release"),
    path("snapshots/<uuid:snapshot_id>/file.<slug:ending>", exports.download, name="download"),
    # House style
    path("house-style/", house_style.house_style, name="house-style"),
    path("house-style/<uuid:version_id>/", house_style.preview, name="house-style-version"),
    path("house-style/<uuid:version_id>/apply/", house_style.apply, name="house-style-apply"),
    # The library of sources
    path("sources/", evidence.library, name="sources"),
    path("sources/<uuid:source_id>/readers/", evidence.name_reader, name="name-reader"),
    path("sources/<uuid:source_id>/", evidence.library_source, name="library-source"),
]
