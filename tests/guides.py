"""What the guides must lead to: the words on the screen by which each address is found, as data (test_guides.py)."""

from collections.abc import Mapping

GUIDES: Mapping[str, tuple[str, ...]] = {
    "anal": ("analyst", "everybody"),
    "revi": ("reviewer", "everybody", "analyst"),
    "coor": ("coordinator", "everybody", "analyst", "reviewer", "exporter"),
    "edit": ("framework-editor", "everybody"),
    "expo": ("exporter", "everybody"),
    "read": ("reader", "everybody"),
    "acct": ("accounts", "everybody"),
}
"""By column of the matrix, the guides they read: their own, that for everybody, those it sends them to."""

OWN = 2
"""What somebody may do, and not only look at, stands in their own guide or that for everybody: the first two."""

FOUND: Mapping[str, str] = {
    # Everybody
    "Sign in with a passkey": "account_login mfa_login_webauthn mfa_authenticate",
    "Forgot your password?": "account_reset_password",
    "Password": "account_change_password account_set_password",
    "Second factor": "mfa_index mfa_activate_totp mfa_generate_recovery_codes mfa_list_webauthn mfa_add_webauthn "
    "mfa_remove_webauthn mfa_edit_webauthn mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes",
    "Sessions": "usersessions_list",
    "Tokens": "tokens revoke-token",
    "What the API offers": "api:openapi-json",
    "Work": "home",
    "Search": "search",
    "Mark all as read": "notices read-notices open-notice unread-notice",
    "How I am told": "choose-notices",
    "Countries": "frameworks:countries frameworks:country",
    "Framework": "frameworks:current frameworks:version frameworks:indicator frameworks:law frameworks:provisions "
    "frameworks:registry frameworks:recommendations frameworks:seed",
    "Method": "frameworks:method frameworks:version-method",
    # Pictures
    "Compare": "compare picture-heat",
    "Side by side": "picture-side",
    "Distribution": "picture-levels",
    "Changes": "picture-changes",
    "Map": "picture-map",
    "Trends": "picture-trends",
    "Pictures": "picture-country",
    "Consistency": "picture-consistency",
    "Validity": "picture-validity",
    # The record
    "Assessments": "list assessment",
    "Sources": "sources library-source",
    "Add source": "source-new source alike name-reader",
    "Use it here": "use-source",
    "Add evidence": "evidence evidence-new evidence-item evidence-withdraw",
    "Text and excerpts": "text text-version text-mark text-file excerpt excerpt-place excerpt-fact excerpt-aside "
    "excerpt-unmark fact-from-excerpt",
    "Inbox": "inbox",
    "Search log": "searches search-note",
    "Request desk": "request-desk letter letter-file letter-move",
    "Facts": "facts fact fact-new fact-move fact-withdraw",
    "Record a fact in one line": "quick",
    "Decision and trend": "decision",
    "Work in a spreadsheet": "spreadsheet workbook take-workbook",
    "Find evidence and attach it": "attach attach-part",
    "Save and go to": "question question-part group coding-question coding-part",
    "Confirm unchanged": "confirm-unchanged confirm-part last-year last-year-part",
    "Confirm what did not change since last year": "unchanged",
    "Determinations": "determinations",
    "Propose one": "propose withdraw-determination",
    "Checks": "checks",
    "Accept with a reason": "accept-check reopen-check",
    "Log": "log log-file",
    "Take words out": "redactions withdraw-redaction",
    "Take them out for ever": "redact decline-redaction",
    "Replies": "replies withdraw-reply",
    # The draft
    "Draft": "draft",
    "Basis": "basis",
    "Write a sentence by hand": "add-sentence",
    "Save the sentence": "edit-sentence",
    "Take this": "accept-suggestion",
    "Back to the generated words": "revert-sentence",
    "Remove from the text": "remove-sentence",
    "Restore the sentence": "restore-sentence",
    "Move": "place-recommendation",
    "Save these words": "word-recommendation",
    "Take these words": "accept-wording decline-wording",
    # Review
    "Review": "review",
    "Submit for review": "submit",
    "Take the last step back": "reopen",
    "Correct what was released": "correct",
    "Take the correction back": "withdraw-correction",
    "Request changes": "request-changes",
    "Add the remark": "comment comment-sentence",
    "Answer": "reply",
    "Settled": "resolve-comment reopen-comment",
    "Propose other words": "propose-wording propose-point-wording withdraw-wording",
    "What can be done now": "approve",
    "Approve this sentence": "approve-items",
    "Reconfirm all of them": "reconfirm",
    "Take it back": "take-back-approval",
    "Override, where nobody else can approve": "override",
    "Endorse level": "endorse endorse-part",
    "Approve this determination": "approve-determination",
    "Approve the presumption": "approve-presumption",
    "Let it in": "let-in",
    "Second coding": "reconciling reconcile",
    "Questions": "coding",
    "Sources, evidence and facts": "coding-record",
    "Make a working copy, marked as a draft": "working-copy",
    "Returned files": "returned-files returned-file returned-download take-returned settle-returned",
    "Tracked changes (.docx)": "redline",
    # Files
    "Report": "report",
    "Build what is ready": "build-report",
    "My files": "job job-file cancel-job retry-job",
    "Compare what was published": "published",
    "More ways into Word": "word copy fill",
    "What stands behind each sentence": "annex annex-file annex-sentence",
    "public": "snapshot download",
    "Templates": "templates template-starter template-download template-withdraw",
    # The office
    "Release to readers": "release",
    "People": "accounts account",
    "Invite": "account-link",
    "Change roles": "account-roles",
    "Change the address": "account-address",
    "Close the account": "account-close",
    "Open it again": "account-open",
    "Sign out everywhere": "account-sign-out",
    "Take it away": "account-second-factor",
    "Open a period": "open-period",
    "Periods": "periods",
    "Cut-off for new facts": "period",
    "Word budgets": "word-budgets",
    "Who will be late": "desk",
    "This table as CSV": "desk-file",
    "Assign people to the chosen countries": "assign-many",
    "Open assessments": "open-many",
    "Open an assessment": "open-assessment",
    "Assign a person": "people end-assignment",
    "Blind second coding": "period-options",
    "Draw the sample and assign second coders": "sample assign-coder",
    "Agreement so far": "agreement",
    "Log of the office": "office-log office-log-file",
    "House style": "house-style",
    "Preview": "house-style-version",
    "Apply it": "house-style-apply",
}
"""What leads there, as the screen says it, and the addresses it leads to (of `assessments:` where none is named)."""

FILES: Mapping[str, tuple[str, ...]] = {
    "data as CSV": ("-csv",),
    "picture as SVG": ("-svg", "-standing", "-profile", "-tiers"),
}
"""The same for the files of pictures, by how their addresses end."""

UNSAID = frozenset(
    {
        *("account_logout", "account_inactive", "account_reauthenticate", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done", "socialaccount_login_cancelled"),
        *("socialaccount_login_error", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "alive", "ready"),
        *(f"assessments:{name}" for name in ("session", "refresh", "carries", "presence", "jump")),
        *(f"assessments:{name}" for name in ("fact-preview", "fact-new-preview")),
    }
)
"""What nobody looks for: pages on the way, and what the pages ask for by themselves."""

OTHERWISE: Mapping[tuple[str, str], str] = {("edit", "assessments:agreement"): "Agreement of coders"}
"""By person and address: other words that lead there."""

NO_WAY: Mapping[str, frozenset[str]] = {
    who: frozenset({"assessments:published", "assessments:build-report"}) for who in ("anal", "revi")
}
"""What a person may ask for by its address, but no page of theirs leads to: the report is others' work."""
