"""Who may do what: used by pages, files, searches, previews and commands alike. What is not allowed is denied.

`TRANSITIONS` is the way of a revision to the public. `check_can_x` raises NotAllowed with a sentence that names the
rule; `can_x` answers yes or no. Rules are about people, not only about roles (decisions.md 13 to 15). The querysets
`visible_x` narrow before anything is fetched.
"""

from collections.abc import Callable
from typing import ParamSpec

from assessments.policies.accepting import check_can_accept, check_can_answer_checks
from assessments.policies.accounts import (
    GIVABLE,
    can_change_address,
    check_can_change_account,
    check_can_change_address,
    check_can_invite,
    check_can_revoke_token,
    check_can_see_accounts,
    givable_roles,
)
from assessments.policies.content import (
    check_can_add_source,
    check_can_answer_proposal,
    check_can_approve_determination,
    check_can_approve_presumption,
    check_can_change_source,
    check_can_comment,
    check_can_edit,
    check_can_endorse,
    check_can_let_in,
    check_can_propose,
    check_can_rate,
    check_can_see,
    check_can_see_facts,
    check_can_see_progress,
    check_can_see_tier,
    check_can_withdraw_proposal,
    check_can_write,
)
from assessments.policies.documents import (
    check_can_work_on_source,
    editable_revisions,
    own_sources,
    visible_documents,
    visible_excerpts,
)
from assessments.policies.exporting import (
    audiences,
    check_can_build,
    check_can_export_for,
    check_can_fetch,
    check_can_keep_templates,
    check_can_use_templates,
    reportable_snapshots,
    visible_jobs,
)
from assessments.policies.house_style import (
    check_can_restyle,
    check_can_style,
    stylable_revisions,
    unreleased_revisions,
)
from assessments.policies.letters import (
    LETTER_MOVES,
    LetterMove,
    check_can_change_letter,
    check_can_record_letter,
    check_letter_move,
    letter_moves,
    visible_letters,
    waiting_answers,
)
from assessments.policies.moves import EDITABLE, FROZEN, TRANSITIONS, Move, check_move, moves
from assessments.policies.people import (
    NEEDED_ROLE,
    NotAllowed,
    Relation,
    ask_once,
    keep_relation,
    relation,
    standing_for,
    with_relation,
)
from assessments.policies.pictures import (
    READERS,
    check_can_see_consistency,
    check_can_see_map,
    check_can_see_pictures,
    check_can_see_validity,
    check_can_see_working_pictures,
    coded_by,
    judged_figures,
    released_figures,
    working_figures,
)
from assessments.policies.protection import (
    PROTECTED_FIELDS,
    SourceView,
    can_see_protected_facts,
    evidence_views,
    source_view,
    source_views,
    visible_sources,
    visible_values,
)
from assessments.policies.redaction import (
    check_can_decide_redaction,
    check_can_propose_redaction,
    check_can_see_redactions,
    check_can_withdraw_redaction,
)
from assessments.policies.replies import check_can_reply, check_can_see_replies, is_reply_on
from assessments.policies.review import (
    AUTHORING,
    NOBODY_APPROVES,
    ItemAuthors,
    authors,
    check_can_approve,
    check_can_approve_items,
    check_can_be_assigned,
    check_can_be_assigned_with_others,
    check_can_coordinate,
    check_can_correct,
    check_can_export,
    check_can_make_working_snapshot,
    check_can_override,
    check_can_release,
    check_can_reopen,
    check_can_request_changes,
    check_can_submit,
    check_can_take_back_approval,
    check_can_take_step,
    check_can_withdraw_correction,
    who_could_approve,
)
from assessments.policies.second import (
    assessments_not_coded_by,
    check_can_code,
    check_can_code_question,
    check_can_reconcile,
    check_can_see_agreement,
    check_can_see_second_ratings,
    check_not_reconciled,
    is_blind_coding_on,
)
from assessments.policies.steps import CIRCLES, approvers, reached_step, seen_by
from assessments.policies.telling import audience, may_be_told
from assessments.policies.visible import (
    codable_assessments,
    listed_assessment,
    newest_events,
    open_revision,
    open_snapshot,
    people_of,
    visible_assessments,
    visible_events,
    visible_revisions,
    visible_snapshots,
)

P = ParamSpec("P")


def _answers(check: Callable[P, object]) -> Callable[P, bool]:
    def can(*args: P.args, **kwargs: P.kwargs) -> bool:
        try:
            check(*args, **kwargs)
        except NotAllowed:
            return False
        return True

    can.__doc__ = f"Answer yes or no. {check.__doc__}"
    return can


can_see = _answers(check_can_see)
can_see_facts = _answers(check_can_see_facts)
can_see_tier = _answers(check_can_see_tier)
can_see_progress = _answers(check_can_see_progress)
can_edit = _answers(check_can_edit)
can_let_in = _answers(check_can_let_in)
can_rate = _answers(check_can_rate)
can_comment = _answers(check_can_comment)
can_write = _answers(check_can_write)
can_propose = _answers(check_can_propose)
can_answer_proposal = _answers(check_can_answer_proposal)
can_withdraw_proposal = _answers(check_can_withdraw_proposal)
can_approve_items = _answers(check_can_approve_items)
can_take_back_approval = _answers(check_can_take_back_approval)
can_take_step = _answers(check_can_take_step)
can_override = _answers(check_can_override)
can_add_source = _answers(check_can_add_source)
can_change_source = _answers(check_can_change_source)
can_work_on_source = _answers(check_can_work_on_source)
can_change_letter = _answers(check_can_change_letter)
can_take_letter_step = _answers(check_letter_move)
can_approve_determination = _answers(check_can_approve_determination)
can_approve_presumption = _answers(check_can_approve_presumption)
can_endorse = _answers(check_can_endorse)
can_approve = _answers(check_can_approve)
can_submit = _answers(check_can_submit)
can_request_changes = _answers(check_can_request_changes)
can_reopen = _answers(check_can_reopen)
can_release = _answers(check_can_release)
can_correct = _answers(check_can_correct)
can_withdraw_correction = _answers(check_can_withdraw_correction)
can_coordinate = _answers(check_can_coordinate)
can_make_working_snapshot = _answers(check_can_make_working_snapshot)
can_export = _answers(check_can_export)
can_export_for = _answers(check_can_export_for)
can_keep_templates = _answers(check_can_keep_templates)
can_use_templates = _answers(check_can_use_templates)
can_build = _answers(check_can_build)
can_fetch = _answers(check_can_fetch)
can_revoke_token = _answers(check_can_revoke_token)
can_accept = _answers(check_can_accept)
can_answer_checks = _answers(check_can_answer_checks)
can_style = _answers(check_can_style)
can_restyle = _answers(check_can_restyle)
can_code = _answers(check_can_code)
can_reconcile = _answers(check_can_reconcile)
can_see_second_ratings = _answers(check_can_see_second_ratings)
can_see_agreement = _answers(check_can_see_agreement)
can_see_replies = _answers(check_can_see_replies)
can_propose_redaction = _answers(check_can_propose_redaction)
can_decide_redaction = _answers(check_can_decide_redaction)
can_withdraw_redaction = _answers(check_can_withdraw_redaction)
can_reply = _answers(check_can_reply)
can_see_consistency = _answers(check_can_see_consistency)
can_see_map = _answers(check_can_see_map)
can_see_pictures = _answers(check_can_see_pictures)
can_see_validity = _answers(check_can_see_validity)
can_see_working_pictures = _answers(check_can_see_working_pictures)

__all__ = [
    "AUTHORING",
    "CIRCLES",
    "EDITABLE",
    "FROZEN",
    "GIVABLE",
    "LETTER_MOVES",
    "NEEDED_ROLE",
    "NOBODY_APPROVES",
    "PROTECTED_FIELDS",
    "READERS",
    "TRANSITIONS",
    "ItemAuthors",
    "LetterMove",
    "Move",
    "NotAllowed",
    "Relation",
    "SourceView",
    "approvers",
    "ask_once",
    "assessments_not_coded_by",
    "audience",
    "audiences",
    "authors",
    "can_accept",
    "can_add_source",
    "can_answer_checks",
    "can_answer_proposal",
    "can_approve",
    "can_approve_determination",
    "can_approve_items",
    "can_approve_presumption",
    "can_build",
    "can_change_address",
    "can_change_letter",
    "can_change_source",
    "can_code",
    "can_comment",
    "can_coordinate",
    "can_correct",
    "can_decide_redaction",
    "can_edit",
    "can_endorse",
    "can_export",
    "can_export_for",
    "can_fetch",
    "can_keep_templates",
    "can_let_in",
    "can_make_working_snapshot",
    "can_override",
    "can_propose",
    "can_propose_redaction",
    "can_rate",
    "can_reconcile",
    "can_release",
    "can_reopen",
    "can_reply",
    "can_request_changes",
    "can_restyle",
    "can_revoke_token",
    "can_see",
    "can_see_agreement",
    "can_see_consistency",
    "can_see_facts",
    "can_see_map",
    "can_see_pictures",
    "can_see_progress",
    "can_see_protected_facts",
    "can_see_replies",
    "can_see_second_ratings",
    "can_see_tier",
    "can_see_validity",
    "can_see_working_pictures",
    "can_style",
    "can_submit",
    "can_take_back_approval",
    "can_take_letter_step",
    "can_take_step",
    "can_use_templates",
    "can_withdraw_correction",
    "can_withdraw_proposal",
    "can_withdraw_redaction",
    "can_work_on_source",
    "can_write",
    "check_can_accept",
    "check_can_add_source",
    "check_can_answer_checks",
    "check_can_answer_proposal",
    "check_can_approve",
    "check_can_approve_determination",
    "check_can_approve_items",
    "check_can_approve_presumption",
    "check_can_be_assigned",
    "check_can_be_assigned_with_others",
    "check_can_build",
    "check_can_change_account",
    "check_can_change_address",
    "check_can_change_letter",
    "check_can_change_source",
    "check_can_code",
    "check_can_code_question",
    "check_can_comment",
    "check_can_coordinate",
    "check_can_correct",
    "check_can_decide_redaction",
    "check_can_edit",
    "check_can_endorse",
    "check_can_export",
    "check_can_export_for",
    "check_can_fetch",
    "check_can_invite",
    "check_can_keep_templates",
    "check_can_let_in",
    "check_can_make_working_snapshot",
    "check_can_override",
    "check_can_propose",
    "check_can_propose_redaction",
    "check_can_rate",
    "check_can_reconcile",
    "check_can_record_letter",
    "check_can_release",
    "check_can_reopen",
    "check_can_reply",
    "check_can_request_changes",
    "check_can_restyle",
    "check_can_revoke_token",
    "check_can_see",
    "check_can_see_accounts",
    "check_can_see_agreement",
    "check_can_see_consistency",
    "check_can_see_facts",
    "check_can_see_map",
    "check_can_see_pictures",
    "check_can_see_progress",
    "check_can_see_redactions",
    "check_can_see_replies",
    "check_can_see_second_ratings",
    "check_can_see_tier",
    "check_can_see_validity",
    "check_can_see_working_pictures",
    "check_can_style",
    "check_can_submit",
    "check_can_take_back_approval",
    "check_can_take_step",
    "check_can_use_templates",
    "check_can_withdraw_correction",
    "check_can_withdraw_proposal",
    "check_can_withdraw_redaction",
    "check_can_work_on_source",
    "check_can_write",
    "check_letter_move",
    "check_move",
    "check_not_reconciled",
    "codable_assessments",
    "coded_by",
    "editable_revisions",
    "evidence_views",
    "givable_roles",
    "is_blind_coding_on",
    "is_reply_on",
    "judged_figures",
    "keep_relation",
    "letter_moves",
    "listed_assessment",
    "may_be_told",
    "moves",
    "newest_events",
    "open_revision",
    "open_snapshot",
    "own_sources",
    "people_of",
    "reached_step",
    "relation",
    "released_figures",
    "reportable_snapshots",
    "seen_by",
    "source_view",
    "source_views",
    "standing_for",
    "stylable_revisions",
    "unreleased_revisions",
    "visible_assessments",
    "visible_documents",
    "visible_events",
    "visible_excerpts",
    "visible_jobs",
    "visible_letters",
    "visible_revisions",
    "visible_snapshots",
    "visible_sources",
    "visible_values",
    "waiting_answers",
    "who_could_approve",
    "with_relation",
    "working_figures",
]
