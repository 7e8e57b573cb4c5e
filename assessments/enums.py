"""Closed lists that only rows use; those the rules use as well stand in assessments/core/values.py."""

from assessments.core.values import Choice


class RevisionState(Choice):
    """Where a revision stands on its way to the public; the ways between the states are a table in policies.py."""

    IN_PROGRESS = "in-progress", "in progress"
    SUBMITTED = "submitted", "submitted for review"
    CHANGES_REQUESTED = "changes-requested", "changes requested"
    APPROVED = "approved", "approved"
    RELEASED = "released", "released"
    SUPERSEDED = "superseded", "superseded"


class Part(Choice):
    """What a person does on one assessment (decisions.md 14: second coder is an assignment, not a role)."""

    ANALYST = "analyst", "analyst"
    REVIEWER = "reviewer", "reviewer"
    SECOND_CODER = "second-coder", "second coder"


class Circle(Choice):
    """Who may do something at a step of review: people by their part in the assessment, or coordinators."""

    PEOPLE = "people", "its analysts and reviewers, and coordinators"
    REVIEWERS_AND_COORDINATORS = "reviewers-and-coordinators", "its reviewers, and coordinators"
    REVIEWERS = "reviewers", "its reviewers"
    ANALYSTS = "analysts", "its analysts"
    COORDINATORS = "coordinators", "coordinators"
    NOBODY = "nobody", "nobody"


class ApprovalWay(Choice):
    """How one sentence came to be approved."""

    READ = "read", "read and approved"
    MECHANICAL = "mechanical", "reconfirmed as a mechanical change"
    OVERRIDE = "override", "approved by override"


class ProposalState(Choice):
    """What became of words that somebody proposed for a sentence."""

    OPEN = "open", "waits for an answer"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "taken back"


class NoticeKind(Choice):
    """What people are told of."""

    SUBMITTED = "submitted", "Submitted for review"
    CHANGES_REQUESTED = "changes-requested", "Changes requested"
    TAKEN_BACK = "taken-back", "Step taken back"
    APPROVED = "approved", "Approved"
    RELEASED = "released", "Released"
    PROPOSED = "proposed", "Wording proposed"
    ANSWERED = "answered", "Proposal answered"
    MENTIONED = "mentioned", "You were mentioned"
    ANSWER_CAME = "answer-came", "Answer came during review"


class MailWay(Choice):
    """How a person gets notifications by e-mail; in the app they stand in any case."""

    EACH = "each", "each at once"
    DIGEST = "digest", "one message a day"
    NONE = "none", "none; I look in the app"


class Round(Choice):
    """Which of several ratings of one indicator this is (decisions.md 2)."""

    MAIN = "main", "main"
    SECOND = "second", "second coding"
    RECONCILED = "reconciled", "reconciled"


class Taken(Choice):
    """Which of two answers a reviewer took."""

    MAIN = "main", "the first answer"
    SECOND = "second", "the second coder's answer"
    OWN = "own", "another answer"


class ReplyAbout(Choice):
    """What the assessed government replies to."""

    FINDING = "finding", "the finding"
    SENTENCE = "sentence", "a sentence"
    RECOMMENDATION = "recommendation", "a recommendation"


class Stance(Choice):
    """What the assessed government says to it."""

    AGREES = "agrees", "agrees"
    DISAGREES = "disagrees", "disagrees"
    NEW_INFORMATION = "new-information", "gives new information"


class RedactionState(Choice):
    """Whether words that somebody wants taken out are still there (decisions.md 16)."""

    PROPOSED = "proposed", "proposed"
    DONE = "done", "taken out"
    DECLINED = "declined", "declined"
    WITHDRAWN = "withdrawn", "taken back"


class SentenceState(Choice):
    """Who last had the word on a sentence of the draft (decisions.md 4)."""

    GENERATED = "generated", "generated"
    EDITED = "edited", "edited"
    HANDWRITTEN = "handwritten", "written by hand"
    REMOVED = "removed", "removed"


class TextOrigin(Choice):
    """Where the text of a document came from."""

    PASTED = "pasted", "pasted"
    EXTRACTED = "extracted", "taken out of the file"
    NONE = "none", "no text yet"


class LetterState(Choice):
    """Where a list of questions to a government or a post stands."""

    DRAFT = "draft", "not sent"
    SENT = "sent", "sent"
    REMINDED = "reminded", "reminded"
    ANSWERED = "answered", "answered"
    CLOSED = "closed", "closed"


class SnapshotKind(Choice):
    """Whether a snapshot holds approved work; a working one is marked Draft wherever it is printed."""

    APPROVED = "approved", "approved"
    WORKING = "working", "working draft"


class JobKind(Choice):
    """What a job in the background makes."""

    REPORT = "report", "the report"


class JobState(Choice):
    """Where a job in the background stands."""

    QUEUED = "queued", "waits for its turn"
    RUNNING = "running", "is being built"
    DONE = "done", "done"
    FAILED = "failed", "failed"
    CANCELLED = "cancelled", "cancelled"


class Shape(Choice):
    """What a file of many countries is: one document, or an archive with a file for each."""

    ONE = "one", "one file"
    ZIP = "zip", "a zip with a file for each country"


class Subject(Choice):
    """What an event is about (decisions.md 16)."""

    ASSESSMENT = "assessment", "assessment"
    SOURCE = "source", "source"
    FRAMEWORK = "framework", "framework version"
    ACCOUNT = "account", "account"
    PERIOD = "period", "reporting period"
    TEMPLATE = "template", "house template"
