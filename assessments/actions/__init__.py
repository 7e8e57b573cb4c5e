"""Every write that means something. Called, an action opens one durable transaction and appends its event.

All take keywords only, among them `by` (the person) and `at` (the moment). They raise `policies.NotAllowed`,
`Invalid`, `NotFound` and `Conflict`; then nothing is written, but for the refused side of a conflict, which the log
keeps. `.inner` of an action is the same without its transaction, for callers that opened one.
"""

from assessments.actions.accounts import (
    change_roles,
    close_account,
    end_sessions,
    invite,
    make_first_account,
    make_link,
    open_account,
    remove_second_factor,
    renew_secrets,
)
from assessments.actions.approval import (
    approve,
    approve_items,
    items_now,
    override_approval,
    reconfirm,
    take_back_approval,
)
from assessments.actions.asking import LetterText, move_letter, save_letter
from assessments.actions.checks import accept_check, reopen_check
from assessments.actions.derive import Drawn, drawn_of, rederive, settle
from assessments.actions.desk import assign_many, open_many, planned_changes
from assessments.actions.determining import (
    approve_determination,
    approve_presumption,
    propose_determination,
    withdraw_determination,
)
from assessments.actions.documents import (
    Upload,
    add_document,
    mark_excerpts,
    set_aside_excerpt,
    translate_excerpt,
    unmark_excerpt,
)
from assessments.actions.door import Conflict, Door, Invalid, NotFound, NoTransaction, Saved, action, lock
from assessments.actions.draft import (
    accept_suggestion,
    add_sentence,
    edit_recommendation,
    edit_sentence,
    remove_sentence,
    reorder_recommendation,
    restore_sentence,
    revert_sentence,
)
from assessments.actions.facts import (
    held_facts,
    let_in,
    move_fact,
    save_decision,
    save_evidence,
    save_fact,
    withdraw_evidence,
    withdraw_fact,
)
from assessments.actions.frameworks import load_versions
from assessments.actions.jobs import ask_for_report, cancel_job, note_download, retry_job
from assessments.actions.periods import Step, change_period, order_steps, set_budgets
from assessments.actions.placing import Placed, Placing, attach_evidence, fact_from_excerpt, place_excerpt
from assessments.actions.presence import be_here, leave
from assessments.actions.quick import quick_fact
from assessments.actions.ratings import confirm_unchanged, endorse, save_rating, save_ratings
from assessments.actions.redaction import decline_redaction, propose_redaction, redact, withdraw_redaction
from assessments.actions.remarks import (
    accept_wording,
    comment,
    decline_wording,
    place_of,
    propose_wording,
    reopen_comment,
    resolve_comment,
    withdraw_wording,
)
from assessments.actions.replies import record_reply, withdraw_reply
from assessments.actions.restyle import Applied, applicable, apply_wording, preview_wording
from assessments.actions.review import (
    blocking,
    correct,
    make_working_snapshot,
    release,
    reopen,
    request_changes,
    submit,
    withdraw_correction,
)
from assessments.actions.second import draw_sample, reconcile, set_options
from assessments.actions.setting import assign, end_assignment, make_steps, open_assessment, open_period
from assessments.actions.sources import name_reader, note_view, save_source, use_source
from assessments.actions.telling import choose_notices, in_words, read_notices, send_digests
from assessments.actions.tokens import make_token, revoke_token

__all__ = [
    "Applied",
    "Conflict",
    "Door",
    "Drawn",
    "Invalid",
    "LetterText",
    "NoTransaction",
    "NotFound",
    "Placed",
    "Placing",
    "Saved",
    "Step",
    "Upload",
    "accept_check",
    "accept_suggestion",
    "accept_wording",
    "action",
    "add_document",
    "add_sentence",
    "applicable",
    "apply_wording",
    "approve",
    "approve_determination",
    "approve_items",
    "approve_presumption",
    "ask_for_report",
    "assign",
    "assign_many",
    "attach_evidence",
    "be_here",
    "blocking",
    "cancel_job",
    "change_period",
    "change_roles",
    "choose_notices",
    "close_account",
    "comment",
    "confirm_unchanged",
    "correct",
    "decline_redaction",
    "decline_wording",
    "draw_sample",
    "drawn_of",
    "edit_recommendation",
    "edit_sentence",
    "end_assignment",
    "end_sessions",
    "endorse",
    "fact_from_excerpt",
    "held_facts",
    "in_words",
    "invite",
    "items_now",
    "leave",
    "let_in",
    "load_versions",
    "lock",
    "make_first_account",
    "make_link",
    "make_steps",
    "make_token",
    "make_working_snapshot",
    "mark_excerpts",
    "move_fact",
    "move_letter",
    "name_reader",
    "note_download",
    "note_view",
    "open_account",
    "open_assessment",
    "open_many",
    "open_period",
    "order_steps",
    "override_approval",
    "place_excerpt",
    "place_of",
    "planned_changes",
    "preview_wording",
    "propose_determination",
    "propose_redaction",
    "propose_wording",
    "quick_fact",
    "read_notices",
    "reconcile",
    "reconfirm",
    "record_reply",
    "redact",
    "rederive",
    "release",
    "remove_second_factor",
    "remove_sentence",
    "renew_secrets",
    "reopen",
    "reopen_check",
    "reopen_comment",
    "reorder_recommendation",
    "request_changes",
    "resolve_comment",
    "restore_sentence",
    "retry_job",
    "revert_sentence",
    "revoke_token",
    "save_decision",
    "save_evidence",
    "save_fact",
    "save_letter",
    "save_rating",
    "save_ratings",
    "save_source",
    "send_digests",
    "set_aside_excerpt",
    "set_budgets",
    "set_options",
    "settle",
    "submit",
    "take_back_approval",
    "translate_excerpt",
    "unmark_excerpt",
    "use_source",
    "withdraw_correction",
    "withdraw_determination",
    "withdraw_evidence",
    "withdraw_fact",
    "withdraw_redaction",
    "withdraw_reply",
    "withdraw_wording",
]
