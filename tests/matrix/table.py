"""Who may do what at which address: the whole table, as data. What is not in it fails (test_urls.py says what to add).

One line is one state of the country, one method and one answer for everybody, in the order of `world.PEOPLE`:

    anon anal revi coor seco othA othR edit expo read acct none

- a number is the status of the answer; "in" leads to signing in.
- 404: the person learns nothing, not even that it exists. 403: refused, with the rule in words. 422: they may, and
  what was typed is to be mended. 405: this method means nothing there.
- a method without a line answers 405 to everybody who signed in.
- "each" after the second answer: the same for everybody who signed in; asked of those in `FEW`.
- "." asks nobody again: the answer is that of the line above it.
- a state is open, submitted, approved or released; an address has lines for those in which answers differ.
"""

from collections.abc import Mapping

from assessments.core.values import Credibility, PolicyKind, Protection, Reliability, SourceClass

A = "assessments:"

RENAMED: Mapping[str, Mapping[str, str]] = {
    "account_reset_password_from_key": {"key": "reset_key"},
    f"{A}unchanged": {"code": "institution"},
    f"{A}evidence-item": {"ref": "evidence"},
    f"{A}evidence-withdraw": {"ref": "evidence"},
    f"{A}source": {"ref": "source"},
    f"{A}approve-presumption": {"ref": "request"},
    f"{A}search-note": {"ref": "search_ref"},
    f"{A}attach-part": {"code": "parted"},
    f"{A}group": {"code": "group"},
    f"{A}question-part": {"code": "parted"},
    f"{A}last-year-part": {"code": "parted"},
    f"{A}confirm-part": {"code": "parted"},
    f"{A}endorse": {"code": "grave"},
    f"{A}endorse-part": {"code": "parted"},
    f"{A}withdraw-reply": {"ref": "reply"},
    f"{A}coding-question": {"code": "drawn"},
    f"{A}coding-part": {"code": "drawn_parted", "part": "drawn_part"},
    f"{A}name-reader": {"source_id": "confidential"},
    f"{A}letter-move": {"letter_id": "sent_letter_id"},
    f"{A}house-style-version": {"version_id": "wording_id"},
    f"{A}house-style-apply": {"version_id": "wording_id"},
}
"""By address: which of the world's values fills a part whose name means another thing elsewhere."""

ITEM = {"source": "{source}", "version": "1", "credibility": Credibility.PROBABLE.value}
REPORT = {
    "title": "A register",
    "source_class": SourceClass.D.value,
    "reliability": Reliability.B.value,
    "protection": Protection.OPEN.value,
    "language": "English",
    "version": "1",
}
REASON = {"reason": "The court was another."}
ANSWER = {
    "answer": "1",
    "confidence": "moderate",
    "rationale": "The descriptor is met.",
    "reason": "Seen now.",
    "version": "{version}",
}
FIGURE = {
    "stage": "conviction",
    "unit": "persons",
    "count_kind": "unknown",
    "statute": "unknown",
    "period_basis": "reporting-period",
    "version": "1",
}

SENT: Mapping[str, Mapping[str, object]] = {
    f"{A}open-period": {"report_year": "2026", "opened_on": "2025-10-01", "due_on": "2026-06-01"},
    f"{A}assign-coder": {"{iso3}-person": "{coder}"},
    f"{A}end-assignment": {"person": "{coder}", "part": "analyst"},
    f"{A}use-source": {"source": "{source_id}"},
    f"{A}quick": {
        "stage": "conviction",
        "count_kind": "exact",
        "count_value": "1",
        "source_title": "A register",
        "source_class": "SC-C",
    },
    f"{A}fact": FIGURE,
    f"{A}fact-move": {"move": "{ref}:down"},
    f"{A}fact-new": FIGURE,
    f"{A}fact-new-preview": FIGURE,
    f"{A}fact-preview": FIGURE,
    f"{A}fact-withdraw": {"withdraw-reason": "Entered twice."},
    f"{A}evidence-item": ITEM,
    f"{A}evidence-new": ITEM,
    f"{A}source": REPORT,
    f"{A}source-new": REPORT,
    f"{A}propose": {"factor": "pof-sexual-slavery", "kind": PolicyKind.POLICY.value},
    f"{A}replies": {
        "target": "sentence:{sentence_id}",
        "stance": "agrees",
        "text": "Yes.",
        "received_on": "2024-05-01",
    },
    f"{A}reconcile": {"{rating_prefix}-taken": "second", "{rating_prefix}-reason": "The court decides."},
    f"{A}people": {"person": "{other_reviewer}", "part": "reviewer"},
    f"{A}evidence-withdraw": {"withdraw-reason": "Entered twice."},
    f"{A}question": ANSWER,
    f"{A}question-part": ANSWER,
    f"{A}coding-question": ANSWER | {"version": "1"},
    f"{A}coding-part": ANSWER | {"version": "1"},
    f"{A}withdraw-determination": REASON,
    f"{A}accept-check": REASON,
    f"{A}withdraw-reply": REASON,
    f"{A}redactions": {"words": "taking bribes", "reason": "It is a name."},
    f"{A}decline-redaction": REASON,
    f"{A}edit-sentence": {"text": "Other words.", "version": "1"},
    f"{A}add-sentence": {"new-section": "prosecution", "new-text": "Observers saw it.", "new-judgement": "on"},
    f"{A}template-withdraw": REASON,
    f"{A}word-recommendation": {"text": "Other words.", "version": "1"},
    f"{A}place-recommendation": {"rank": "1"} | REASON,
    f"{A}submit": {"submit-reason": ""},
    f"{A}request-changes": {"changes-reason": "Which court?"},
    f"{A}reopen": {"reopen-reason": "One more look."},
    f"{A}correct": {"correct-reason": "The court was another."},
    f"{A}withdraw-correction": {"withdraw-reason": "Opened by mistake."},
    f"{A}override": {"override-reason": "The reviewer left."},
    f"{A}take-back-approval": {"takeback-reason": "Read too fast."},
    f"{A}approve": {"content_hash": "{content_hash}"},
    f"{A}approve-items": {"item": "{waiting}"},
    f"{A}reconfirm": {"content_hash": "{content_hash}"},
    f"{A}comment": {"text": "Why?"},
    f"{A}comment-sentence": {"text": "Why?"},
    f"{A}reply": {"text": "Because."},
    f"{A}propose-wording": {"proposal-text": "Better words."},
    f"{A}propose-point-wording": {"proposal-{point_code}-text": "Better words."},
    f"{A}accept-wording": {"version": "1"},
    f"{A}decline-wording": REASON,
    f"{A}choose-notices": {"mail": "none"},
    f"{A}searches": {"search-searched": "Registers.", "search-every": "on"},
    f"{A}search-note": {"search-searched": "Registers.", "search-every": "on", "search-version": "1"},
    f"{A}request-desk": {"begin-add": "stages/arrest"},
    f"{A}letter": {"addressee": "the ministry", "q0-text": "How many?", "version": "1"},
    f"{A}letter-move": {"answer-on": "2030-01-10", "answer-answer": "Three.", "answer-version": "2"},
    f"{A}attach": {"item": "{evidence}"},
    f"{A}attach-part": {"item": "{evidence}"},
    f"{A}text": {"text": "One. Two. Three."},
    f"{A}text-version": {"text": "One. Two. Three."},
    f"{A}text-mark": {"sentence": "1"},
    f"{A}excerpt": {"translation-version": "1", "translation-pinpoint": "p. 2"},
    f"{A}excerpt-place": {"place-assessments": "{assessment_id}", "place-credibility": "2"},
    f"{A}excerpt-aside": {"aside-reason": "Hearsay."},
    f"{A}fact-from-excerpt": {"stage": "conviction", "count_kind": "exact", "count_value": "1"},
    f"{A}name-reader": {"person": "{coder}"},
}
"""By address: legal data that a POST sends; "{name}" is one of the world's values. Without an entry it sends none."""

FEW = ("coor", "seco", "none")
"""Whom a line with "each" asks beside who did not sign in: most rights, fewest, and none."""

TABLE = """
# Signing in, and one's own account
#                                  anon anal revi coor seco othA othR edit expo read acct none
account_login
  GET  open                         200  302 each
  POST open                         200  302 each
account_logout
  GET  open                          in  200 each
  POST open                          in   in each
account_inactive
  GET  open                         200  200 each
mfa_authenticate
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_login_webauthn
  GET  open                          in  302 each
  POST open                          in  302 each
account_reset_password
  GET  open                         200  200 each
  POST open                         200  200 each
account_reset_password_done
  GET  open                         200  200 each
account_reset_password_from_key_done
  GET  open                         200  200 each
account_reset_password_from_key
  GET  open                         200  200 each
  POST open                         200  200 each
openid_connect_login
  GET  open                         404  404 each
  POST open                         404  404 each
openid_connect_callback
  GET  open                         404  404 each
  POST open                         404  404 each
socialaccount_login_cancelled
  GET  open                         200  200 each
socialaccount_login_error
  GET  open                          in  401 each
account_reauthenticate
  GET  open                          in  200 each
  POST open                          in  200 each
account_change_password
  GET  open                          in  200 each
  POST open                          in  200 each
account_set_password
  GET  open                          in  302 each
  POST open                          in  302 each
usersessions_list
  GET  open                          in  200 each
  POST open                          in  302 each
mfa_index
  GET  open                          in  200 each
mfa_reauthenticate
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_activate_totp
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_deactivate_totp
  GET  open                          in  404 each
  POST open                          in  404 each
mfa_view_recovery_codes
  GET  open                          in  404 each
mfa_generate_recovery_codes
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_download_recovery_codes
  GET  open                          in  404 each
  POST open                          in  404 each
mfa_list_webauthn
  GET  open                          in  200 each
mfa_add_webauthn
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_reauthenticate_webauthn
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_remove_webauthn
  GET  open                          in  302 each
  POST open                          in  302 each
mfa_edit_webauthn
  GET  open                          in  302 each
  POST open                          in  302 each

# For the machines that watch over it
alive
  GET  open                        200  200 each
ready
  GET  open                        200  200 each

# The role's work
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:session
  GET  open                        200  200 each
assessments:home
  GET  open                          in  200 each
assessments:list
  GET  open                          in  200 each
assessments:report
  GET  open                          in  200 each
assessments:build-report
  POST open                          in  422  422  422  422  422  422  403  422  422  403  403
assessments:job
  GET  open                          in  404  404  404  404  404  404  404  200  404  404  404
assessments:job-file
  GET  open                          in  404  404  404  404  404  404  404  302  404  404  404
assessments:cancel-job
  POST open                          in  404  404  404  404  404  404  404  302  404  404  404
assessments:retry-job
  POST open                          in  404  404  404  404  404  404  404  302  404  404  404

# People
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:accounts
  GET  open                          in  403  403  200  403  403  403  403  403  403  200  403
  POST open                          in  403  403  422  403  403  403  403  403  403  422  403
assessments:account
  GET  open                          in  403  403  200  403  403  403  403  403  403  200  403
assessments:account-roles
  POST open                          in  403  403  422  403  403  403  403  403  403  422  403
assessments:account-address
  POST open                          in  403  403  403  403  403  403  403  403  403  422  403
assessments:account-close
  POST open                          in  403  403  422  403  403  403  403  403  403  422  403
assessments:account-open
  POST open                          in  403  403  302  403  403  403  403  403  403  302  403
assessments:account-sign-out
  POST open                          in  403  403  302  403  403  403  403  403  403  302  403
assessments:account-second-factor
  POST open                          in  403  403  422  403  403  403  403  403  403  422  403
assessments:account-link
  POST open                          in  403  403  200  403  403  403  403  403  403  200  403

# Tokens for programs, and what they ask: a session is no token, so everybody is refused alike (test_api.py has tokens)
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:tokens
  GET  open                          in  200 each
  POST open                          in  302 each
assessments:revoke-token
  POST open                          in  404 each
api:openapi-json
  GET  open                         200  200 each
api:api-root
  GET  open                         404  404 each
  POST open                         404  404 each
api:nothing
  GET  open                         404  404 each
  POST open                         404  404 each
api:me
  GET  open                         401  401 each
api:periods
  GET  open                         401  401 each
api:texts
  GET  open                         401  401 each
api:text
  GET  open                         401  401 each
api:levels
  GET  open                         401  401 each
api:finding
  GET  open                         401  401 each
api:sources
  GET  open                         401  401 each
api:used_sources
  GET  open                         401  401 each
  POST open                         401  401 each
api:meanings
  GET  open                         401  401 each
api:file
  GET  open                         401  401 each
api:assessments
  GET  open                         401  401 each
api:assessment
  GET  open                         401  401 each
api:entries
  GET  open                         401  401 each
  POST open                         401  401 each
api:entry
  GET  open                         401  401 each
  PATCH open                         401  401 each
api:answers
  GET  open                         401  401 each
api:sentences
  GET  open                         401  401 each
  POST open                         401  401 each
api:sentence
  GET  open                         401  401 each
  PATCH open                         401  401 each
api:recommendations
  GET  open                         401  401 each
api:checks
  GET  open                         401  401 each
api:remarks
  GET  open                         401  401 each
  POST open                         401  401 each
api:withdraw_entry
  POST open                         401  401 each
api:answer
  PUT  open                         401  401 each
api:source
  GET  open                         401  401 each
  PATCH open                         401  401 each
api:determinations
  GET  open                         401  401 each
  POST open                         401  401 each
api:approve_determination
  POST open                         401  401 each
api:withdraw_determination
  POST open                         401  401 each
api:endorse
  POST open                         401  401 each
api:approve_presumption
  POST open                         401  401 each
api:recommendation
  GET  open                         401  401 each
  PATCH open                         401  401 each
api:move_recommendation
  POST open                         401  401 each
api:remove_sentence
  POST open                         401  401 each
api:restore_sentence
  POST open                         401  401 each
api:revert_sentence
  POST open                         401  401 each
api:submit
  POST open                         401  401 each
api:request_changes
  POST open                         401  401 each
api:reopen
  POST open                         401  401 each
api:steps
  GET  open                         401  401 each
api:approve
  POST open                         401  401 each
api:approve_items
  POST open                         401  401 each
api:reconfirm
  POST open                         401  401 each
api:override
  POST open                         401  401 each
api:take_back
  POST open                         401  401 each
api:correct
  POST open                         401  401 each
api:withdraw_correction
  POST open                         401  401 each
api:release
  POST open                         401  401 each
api:resolve_remark
  POST open                         401  401 each
api:reopen_remark
  POST open                         401  401 each
api:reports
  GET  open                         401  401 each
  POST open                         401  401 each
api:report
  GET  open                         401  401 each
api:cancel
  POST open                         401  401 each
api:again
  POST open                         401  401 each
api:fetch
  GET  open                         401  401 each

# The coordinator's desk
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:open-period
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  302  403  403  403  403  403  403  403  403
assessments:periods
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
assessments:period
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  422  403  403  403  403  403  403  403  403
assessments:desk
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
assessments:desk-file
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
assessments:assign-many
  POST open                          in  403  403  422  403  403  403  403  403  403  403  403
assessments:open-many
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  422  403  403  403  403  403  403  403  403
assessments:open-assessment
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  422  403  403  403  403  403  403  403  403
assessments:period-options
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  422  403  403  403  403  403  403  403  403
assessments:sample
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  422  403  403  403  403  403  403  403  403
assessments:assign-coder
  POST open                          in  403  403  302  403  403  403  403  403  403  403  403
assessments:agreement
  GET  open                          in  403  403  200  403  403  403  200  403  403  403  403
assessments:people
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  302  403  403  403  403  403  403  403  403
assessments:end-assignment
  POST open                          in  403  403  302  403  403  403  403  403  403  403  403

# The record
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:assessment
  GET  open                          in  302  302  302  404  404  404  404  404  404  404  404
assessments:decision
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:evidence
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:use-source
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:evidence-new
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:evidence-item
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:evidence-withdraw
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:source-new
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:source
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:refresh
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:carries
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:basis
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:unchanged
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  422  403  403  404  404  404  404  404  404  404  404
assessments:last-year
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:last-year-part
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:confirm-unchanged
  POST open                          in  404 each
assessments:confirm-part
  POST open                          in  404 each
assessments:presence
  POST open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:jump
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:facts
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:quick
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:fact-move
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:fact-new
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:fact-new-preview
  POST open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:fact
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:fact-preview
  POST open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:approve-presumption
  POST open                          in  403  302  302  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  404  404  404    .    .    .    .    .    .    .    .
assessments:let-in
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
assessments:fact-withdraw
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:group
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:question
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:endorse
  POST open                          in  403  302  302  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:question-part
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:endorse-part
  POST open                          in  403  302  302  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:determinations
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:propose
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:approve-determination
  POST open                          in  403  302  302  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:withdraw-determination
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:checks
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:accept-check
  POST open                          in  302  302  403  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:reopen-check
  POST open                          in  302  302  403  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:log
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:log-file
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:compare
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  200  200    .  200  200    .    .
assessments:redline
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  404    .    .    .
  GET  released                       .  200  200  200    .  404  404    .  404  404    .    .

# The right of reply
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:replies
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:withdraw-reply
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .

# The record as a workbook
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:spreadsheet
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  422  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  403  403    .    .    .    .    .    .    .    .
assessments:workbook
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:take-workbook
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  403  403    .    .    .    .    .    .    .    .

# Words taken out
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:redactions
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open,released                 in  302  302  302  404  404  404  404  404  404  404  404
  POST approved                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:redact
  POST open,released                 in  403  302  302  404  404  404  404  404  404  404  404
  POST approved                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:decline-redaction
  POST open,released                 in  403  302  302  404  404  404  404  404  404  404  404
  POST approved                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:withdraw-redaction
  POST open,released                 in  302  403  403  404  404  404  404  404  404  404  404

# Second coding: blind for the coder, both answers for the reviewer
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:coding
  GET  open                          in  404  404  404  200  404  404  404  404  404  404  404
assessments:coding-record
  GET  open                          in  404  404  404  200  404  404  404  404  404  404  404
assessments:coding-question
  GET  open                          in  404  404  404  200  404  404  404  404  404  404  404
  POST open                          in  404  404  404  302  404  404  404  404  404  404  404
  POST submitted,approved             .  404  404  404  302    .    .    .    .    .    .    .
  POST released                       .  404  404  404  403    .    .    .    .    .    .    .
assessments:coding-part
  GET  open                          in  404  404  404  200  404  404  404  404  404  404  404
  POST open                          in  404  404  404  302  404  404  404  404  404  404  404
  POST released                       .  404  404  404  403    .    .    .    .    .    .    .
assessments:reconciling
  GET  open                          in  403  200  200  404  404  404  404  404  404  404  404
assessments:reconcile
  POST open                          in  403  302  403  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .

# The draft
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:draft
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:add-sentence
  GET  open                          in  200  403  403  404  404  404  404  404  404  404  404
  GET  submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:edit-sentence
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:revert-sentence
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:remove-sentence
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:restore-sentence
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:accept-suggestion
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:place-recommendation
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:word-recommendation
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .

# Review and export
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:review
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:submit
  GET  open                          in  200  403  403  404  404  404  404  404  404  404  404
  GET  submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
  POST open                          in  422  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:request-changes
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  GET  submitted                      .  403  200  403    .    .    .    .    .    .    .    .
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  302  403    .    .    .    .    .    .    .    .
assessments:reopen
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  GET  submitted                      .  200  403  200    .    .    .    .    .    .    .    .
  GET  approved                       .  403  200  200    .    .    .    .    .    .    .    .
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  302  403  302    .    .    .    .    .    .    .    .
  POST approved                       .  403  302  302    .    .    .    .    .    .    .    .
assessments:correct
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  GET  released                       .  200  403  200    .    .    .    .    .    .    .    .
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST released                       .  302  403  302    .    .    .    .    .    .    .    .
assessments:withdraw-correction
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
assessments:approve
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  GET  submitted                      .  403  200  403    .    .    .    .    .    .    .    .
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  302  403    .    .    .    .    .    .    .    .
assessments:approve-items
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  302  403    .    .    .    .    .    .    .    .
assessments:reconfirm
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  302  403    .    .    .    .    .    .    .    .
assessments:override
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  GET  submitted                      .  403  403  200    .    .    .    .    .    .    .    .
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST submitted                      .  403  403  302    .    .    .    .    .    .    .    .
assessments:take-back-approval
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
assessments:comment
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:comment-sentence
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:reply
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:resolve-comment
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:reopen-comment
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:propose-wording
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:propose-point-wording
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:accept-wording
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:decline-wording
  POST open                          in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    .  403  403  403    .    .    .    .    .    .    .    .
assessments:withdraw-wording
  POST open                          in  403  302  403  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:templates
  GET  open                          in  403  403  200  403  403  403  403  200  403  403  403
  POST open                          in  403  403  422  403  403  403  403  422  403  403  403
assessments:template-starter
  GET  open                          in  403  403  200  403  403  403  403  200  403  403  403
assessments:template-download
  GET  open                          in  403  403  200  403  403  403  403  200  403  403  403
assessments:template-withdraw
  POST open                          in  403  403  302  403  403  403  403  302  403  403  403
assessments:word
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  200  200    .  200  200    .    .
assessments:copy
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  200  200    .  200  200    .    .
assessments:fill
  POST open                          in  422  422  422  404  404  404  404  404  404  404  404
  POST approved                       .  422  422  422    .    .    .    .  422    .    .    .
  POST released                       .  422  422  422    .  422  422    .  422  422    .    .
assessments:published
  GET  open                          in  200  200  200  200  200  200  403  200  403  403  403
  POST open                          in  422  422  422  422  422  422  403  422  403  403  403
assessments:word-budgets
  GET  open                          in  403  403  200  403  403  403  403  403  403  403  403
  POST open                          in  403  403  302  403  403  403  403  403  403  403  403
assessments:returned-files
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  POST open                          in  422  422  422  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:returned-file
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:returned-download
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
assessments:take-returned
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST approved,released              .  403  403  403    .    .    .    .    .    .    .    .
assessments:settle-returned
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
  POST released                       .  403  403  403    .    .    .    .    .    .    .    .
assessments:working-copy
  POST open                          in  302  302  302  404  404  404  404  404  404  404  404
assessments:annex
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  403  403    .  200  403    .    .
assessments:annex-file
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  403  403    .  200  403    .    .
assessments:annex-sentence
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  403  403    .  200  403    .    .
assessments:snapshot
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  200  200    .  200  200    .    .
assessments:release
  GET  open                          in  403  403  403  404  404  404  404  404  404  404  404
  GET  approved                       .  403  403  200    .    .    .    .  403    .    .    .
  GET  released                       .  403  403  403    .  403  403    .  403  403    .    .
  POST open                          in  403  403  403  404  404  404  404  404  404  404  404
  POST approved                       .  403  403  302    .    .    .    .  403    .    .    .
  POST released                       .  403  403  403    .  403  403    .  403  403    .    .
assessments:download
  GET  open                          in  200  200  200  404  404  404  404  404  404  404  404
  GET  approved                       .  200  200  200    .    .    .    .  200    .    .    .
  GET  released                       .  200  200  200    .  200  200    .  200  200    .    .

# House style
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:house-style
  GET  open                          in  403  403  403  403  403  403  200  403  403  403  403
assessments:house-style-version
  GET  open                          in  403  403  403  403  403  403  200  403  403  403  403
assessments:house-style-apply
  POST open                          in  403  403  403  403  403  403  422  403  403  403  403

# What people are told
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:notices
  GET  open                          in  200 each
assessments:read-notices
  POST open                          in  302 each
assessments:open-notice
  POST open                          in  302  404  404  404  404  404  404  404  404  404  404
assessments:unread-notice
  POST open                          in  302  404  404  404  404  404  404  404  404  404  404
assessments:choose-notices
  POST open                          in  302 each

# Pictures
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:picture-heat
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-heat-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-heat-svg
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-side
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-side-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-side-svg
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-levels
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-levels-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-levels-svg
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-changes
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-changes-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-changes-svg
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-map
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-map-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-map-svg
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-trends
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-trends-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-trends-svg
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-country
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-country-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-country-tiers-csv
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-country-tiers
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-country-standing
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-country-profile
  GET  open                          in  200  200  200  200  200  200  403  200  200  403  403
assessments:picture-consistency
  GET  open                          in  403  200  200  403  403  200  403  403  403  403  403
assessments:picture-consistency-csv
  GET  open                          in  403  200  200  403  403  200  403  403  403  403  403
assessments:picture-consistency-svg
  GET  open                          in  403  200  200  403  403  200  403  403  403  403  403
assessments:picture-validity
  GET  open                          in  403  403  200  403  403  403  200  403  403  403  403
assessments:picture-validity-csv
  GET  open                          in  403  403  200  403  403  403  200  403  403  403  403
assessments:picture-validity-svg
  GET  open                          in  403  403  200  403  403  403  200  403  403  403  403

# The library of sources
#                                  anon anal revi coor seco othA othR edit expo read acct none
assessments:office-log
  GET  open                          in  200  200  200  200  200  200  200  200  200  200  200
assessments:office-log-file
  GET  open                          in  200  200  200  200  200  200  200  200  200  200  200
assessments:search
  GET  open                          in  200 each
assessments:sources
  GET  open                          in  200 each
assessments:name-reader
  POST open                          in  302  404  404  404  404  404  404  404  404  404  404
assessments:library-source
  GET  open                          in  200  200  200  200  200  200  404  404  404  404  404

# The framework, the method, what is on file on countries
#                                  anon anal revi coor seco othA othR edit expo read acct none
frameworks:current
  GET  open                          in  200 each
frameworks:version
  GET  open                          in  200 each
frameworks:indicator
  GET  open                          in  200 each
frameworks:law
  GET  open                          in  200 each
frameworks:provisions
  GET  open                          in  200 each
frameworks:registry
  GET  open                          in  200 each
frameworks:recommendations
  GET  open                          in  200 each
frameworks:seed
  GET  open                          in  200 each
frameworks:version-method
  GET  open                          in  200 each
frameworks:method
  GET  open                          in  200 each
frameworks:countries
  GET  open                          in  200 each
frameworks:country
  GET  open                          in  200 each

# Working from the source
assessments:inbox
  GET  open                         in  200 each
assessments:text
  GET  open                           in  200  200  200  200  200  200  404  404  404  404  404
  POST open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:text-version
  GET  open                           in  200  200  200  200  200  200  404  404  404  404  404
  POST open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:text-mark
  POST open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:text-file
  GET  open                           in  200  200  200  200  200  200  404  404  404  404  404
assessments:excerpt
  GET  open                           in  200  200  200  200  200  200  404  404  404  404  404
  POST open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:excerpt-place
  POST open                           in  302  422  403  422  422  422  404  404  404  404  404
  POST submitted,approved,released    in  422  422  403  422  422  422  404  404  404  404  404
assessments:excerpt-fact
  GET  open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:excerpt-aside
  POST open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:excerpt-unmark
  POST open                           in  302  302  403  302  302  302  404  404  404  404  404
assessments:alike
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
assessments:searches
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
assessments:search-note
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
assessments:request-desk
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
assessments:letter
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
assessments:letter-file
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
assessments:letter-move
  POST open,submitted,approved        in  302  403  403  404  404  404  404  404  404  404  404
  POST released                       in  403  403  403  404  404  404  404  404  404  404  404
assessments:attach
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
assessments:attach-part
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
assessments:fact-from-excerpt
  GET  open                           in  200  200  200  404  404  404  404  404  404  404  404
  POST open                           in  302  403  403  404  404  404  404  404  404  404  404
  POST submitted,approved,released    in  403  403  403  404  404  404  404  404  404  404  404
"""
