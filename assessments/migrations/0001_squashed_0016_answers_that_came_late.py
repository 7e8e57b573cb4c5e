"""All tables of the first sixteen migrations at once, for a new database.

A database that has begun with the sixteen goes on with them, and has this one then as well. It fills nothing, as there
is nothing yet to fill from.
"""

import django.core.validators
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("assessments", "0001_initial"),
        ("assessments", "0002_review_as_data"),
        ("assessments", "0003_second_coding_and_replies"),
        ("assessments", "0004_items_can_be_taken_back"),
        ("assessments", "0005_words_taken_out"),
        ("assessments", "0006_jobs_in_the_background"),
        ("assessments", "0007_why_a_suggestion_waits"),
        ("assessments", "0008_texts_excerpts_gaps_and_letters"),
        ("assessments", "0009_cut_off_for_new_facts"),
        ("assessments", "0010_word_files"),
        ("assessments", "0011_figures_of_texts"),
        ("assessments", "0012_saved_before_drawn"),
        ("assessments", "0013_facts_in_fields"),
        ("assessments", "0014_files_removed_for_words"),
        ("assessments", "0015_words_for_recommendations"),
        ("assessments", "0016_answers_that_came_late"),
    ]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("frameworks", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportingPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_year", models.PositiveSmallIntegerField(unique=True)),
                ("opened_on", models.DateField()),
                ("due_on", models.DateField()),
                ("blind_coding", models.BooleanField(default=False)),
                ("right_of_reply", models.BooleanField(default=False)),
                ("mentions_and_digest", models.BooleanField(default=False)),
                ("cut_off", models.DateField(blank=True, null=True)),
                ("word_budgets", models.JSONField(blank=True, default=dict)),
            ],
            options={
                "ordering": ["-report_year"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("opened_on"))), name="period_is_due_after_it_opens"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("report_year__gte", 2001), ("report_year__lte", 2100)),
                        name="report_year_is_from_2001_to_2100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cut_off__isnull", True), ("cut_off__gte", models.F("opened_on")), _connector="OR"
                        ),
                        name="a_cut_off_comes_after_the_period_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("is_demonstration", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="frameworks.country"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="assessments.reportingperiod",
                    ),
                ),
            ],
            options={
                "ordering": ["-period__report_year", "country__sort_name"],
                "constraints": [
                    models.UniqueConstraint(fields=("country", "period"), name="one_assessment_per_country_and_period")
                ],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("wording_named", models.BooleanField(default=True)),
                ("is_open", models.BooleanField(default=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("in-progress", "in progress"),
                            ("submitted", "submitted for review"),
                            ("changes-requested", "changes requested"),
                            ("approved", "approved"),
                            ("released", "released"),
                            ("superseded", "superseded"),
                        ],
                        default="in-progress",
                        max_length=20,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=2000)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                ("input_digest", models.CharField(blank=True, default="", max_length=64)),
                ("content_hash", models.CharField(blank=True, default="", max_length=64)),
                ("opened_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "came_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="assessments.revision",
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="frameworks.frameworkversion",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "wording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="revisions",
                        to="frameworks.wordingversion",
                    ),
                ),
                (
                    "seen_by",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="people",
                        max_length=40,
                    ),
                ),
                ("undrawn", models.CharField(blank=True, default="", max_length=240)),
                ("undrawn_mark", models.CharField(blank=True, default="", max_length=32)),
            ],
            options={
                "ordering": ["assessment", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_open", True)),
                        fields=("assessment",),
                        name="one_open_revision_per_assessment",
                    ),
                    models.UniqueConstraint(fields=("assessment", "number"), name="revision_numbers_are_used_once"),
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="revision_numbers_start_at_1"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["in-progress", "submitted", "changes-requested", "approved", "released", "superseded"],
                            )
                        ),
                        name="revision_state_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("is_last", models.BooleanField(default=True)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="assessments.revision"
                    ),
                ),
                (
                    "approves",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="reviewers",
                        max_length=40,
                    ),
                ),
                (
                    "comments",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="people",
                        max_length=40,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "edits",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="nobody",
                        max_length=40,
                    ),
                ),
                ("named", models.JSONField(blank=True, default=list)),
                (
                    "sees",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="people",
                        max_length=40,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "position"), name="review_steps_stand_in_one_order"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_last", True)),
                        fields=("revision",),
                        name="one_last_review_step_per_revision",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sees__in", ["people", "reviewers-and-coordinators"])),
                        name="reviewstep_is_seen_by_its_reviewers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "approves__in",
                                [
                                    "people",
                                    "reviewers-and-coordinators",
                                    "reviewers",
                                    "analysts",
                                    "coordinators",
                                    "nobody",
                                ],
                            ),
                            models.Q(("approves", "nobody"), _negated=True),
                        ),
                        name="reviewstep_is_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "comments__in",
                                [
                                    "people",
                                    "reviewers-and-coordinators",
                                    "reviewers",
                                    "analysts",
                                    "coordinators",
                                    "nobody",
                                ],
                            ),
                            (
                                "edits__in",
                                [
                                    "people",
                                    "reviewers-and-coordinators",
                                    "reviewers",
                                    "analysts",
                                    "coordinators",
                                    "nobody",
                                ],
                            ),
                        ),
                        name="reviewstep_rights_are_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("at", models.DateTimeField()),
                ("content_hash", models.CharField(max_length=64)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="assessments.reviewstep",
                    ),
                ),
                ("override_reason", models.CharField(blank=True, default="", max_length=2000)),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("step", "by"),
                        name="a_person_approves_a_step_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="an_approval_is_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("input_digest", models.CharField(max_length=64)),
                ("rules_version", models.CharField(blank=True, default="", max_length=40)),
                (
                    "concern_level",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "accountability_level",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("category", models.CharField(max_length=80)),
                ("title", models.CharField(blank=True, default="", max_length=400)),
                ("core_answered", models.PositiveSmallIntegerField(default=0)),
                ("core_expected", models.PositiveSmallIntegerField(default=0)),
                ("coverage", models.PositiveSmallIntegerField(default=0)),
                ("checks_open", models.PositiveIntegerField(default=0)),
                ("checks_blocking", models.PositiveIntegerField(default=0)),
                ("evidence_missing", models.PositiveIntegerField(default=0)),
                ("words", models.PositiveIntegerField(default=0)),
                ("finding", models.JSONField(default=dict)),
                ("checks", models.JSONField(default=list)),
                ("derived_at", models.DateTimeField()),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="result", to="assessments.revision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("concern_level__isnull", True),
                                models.Q(("concern_level__gte", 0), ("concern_level__lte", 5)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("accountability_level__isnull", True),
                                models.Q(("accountability_level__gte", 0), ("accountability_level__lte", 5)),
                                _connector="OR",
                            ),
                        ),
                        name="derived_levels_are_0_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("core_answered__lte", models.F("core_expected"))),
                        name="no_more_core_indicators_answered_than_expected",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("coverage__isnull", True),
                            models.Q(("coverage__gte", 0), ("coverage__lte", 100)),
                            _connector="OR",
                        ),
                        name="coverage_is_a_percentage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RatingRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("part", models.CharField(blank=True, default="", max_length=80)),
                (
                    "round",
                    models.CharField(
                        choices=[("main", "main"), ("second", "second coding"), ("reconciled", "reconciled")],
                        default="main",
                        max_length=40,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("rated", "rated"),
                            ("not-assessed", "not assessed: nobody looked"),
                            ("insufficient-information", "insufficient information: looked, cannot say"),
                            ("not-applicable", "not applicable: cannot occur"),
                            ("no-known-cases", "no known cases to respond to"),
                            ("no-request-made", "no request made"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "level",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "confidence",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("high", "high: several independent, direct, recent, corroborated"),
                            ("moderate", "moderate"),
                            ("low", "low: single, indirect, old or contested"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("rationale", models.CharField(blank=True, default="", max_length=2000)),
                ("reason", models.CharField(blank=True, default="", max_length=2000)),
                ("stated_rater", models.CharField(blank=True, default="", max_length=200)),
                ("version", models.PositiveIntegerField(default=1)),
                ("late", models.BooleanField(default=False)),
                ("rated_at", models.DateTimeField()),
                (
                    "coder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="frameworks.indicator"
                    ),
                ),
                (
                    "rated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="assessments.revision"
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "indicator", "part", "round"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("round", "second"), _negated=True),
                        fields=("revision", "indicator", "part", "round"),
                        name="one_main_and_one_reconciled_rating_per_indicator_and_part",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("round", "second")),
                        fields=("revision", "indicator", "part", "coder"),
                        name="one_second_rating_per_indicator_part_and_coder",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level__isnull", False), ("state", "rated")),
                            models.Q(models.Q(("state", "rated"), _negated=True), ("level__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_rating_has_a_level_exactly_when_rated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__isnull", True), models.Q(("level__gte", 0), ("level__lte", 5)), _connector="OR"
                        ),
                        name="a_level_is_0_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "rated",
                                    "not-assessed",
                                    "insufficient-information",
                                    "not-applicable",
                                    "no-known-cases",
                                    "no-request-made",
                                ],
                            )
                        ),
                        name="rating_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("confidence__in", ["high", "moderate", "low"]),
                            ("confidence__isnull", True),
                            _connector="OR",
                        ),
                        name="rating_confidence_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("round__in", ["main", "second", "reconciled"])),
                        name="rating_round_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("round", "second"), _negated=True), ("coder__isnull", False), _connector="OR"
                        ),
                        name="a_second_rating_has_a_coder",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PolicyElementRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("factor", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("policy", "policy"),
                            ("pattern", "pattern"),
                            ("policy-or-pattern", "policy or pattern"),
                        ],
                        default="policy-or-pattern",
                        max_length=40,
                    ),
                ),
                ("sector", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("conduct", models.CharField(blank=True, default="", max_length=200)),
                ("organ", models.CharField(blank=True, default="", max_length=200)),
                ("organ_abbreviation", models.CharField(blank=True, default="", max_length=20)),
                ("means", models.JSONField(blank=True, default=list)),
                ("legal_basis", models.CharField(blank=True, default="", max_length=200)),
                ("purpose", models.CharField(blank=True, default="", max_length=200)),
                ("places", models.CharField(blank=True, default="", max_length=200)),
                ("period", models.CharField(blank=True, default="", max_length=200)),
                (
                    "scale_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "scale_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("scale_noun", models.CharField(blank=True, default="", max_length=200)),
                ("scale_basis", models.CharField(blank=True, default="", max_length=200)),
                ("groups", models.CharField(blank=True, default="", max_length=200)),
                ("force", models.CharField(blank=True, default="", max_length=200)),
                ("force_allied", models.BooleanField(default=False)),
                ("roles", models.CharField(blank=True, default="", max_length=200)),
                ("verified_by", models.CharField(blank=True, default="", max_length=200)),
                ("benefit", models.CharField(blank=True, default="", max_length=200)),
                ("remedial", models.CharField(blank=True, default="", max_length=200)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="elements", to="assessments.revision"
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("banned_nationally", models.BooleanField(default=False)),
                ("conduct_objects", models.JSONField(blank=True, default=list)),
                ("conducts", models.JSONField(blank=True, default=list)),
                ("continues", models.BooleanField(default=False)),
                ("remedies", models.JSONField(blank=True, default=list)),
                (
                    "term",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("term_unit", models.CharField(default="months", max_length=10)),
                (
                    "trend",
                    models.CharField(
                        blank=True,
                        choices=[("rose", "rose"), ("steady", "stayed the same"), ("fell", "fell")],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="policyelementrecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="policyelementrecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="policyelementrecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("scale_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("scale_kind__isnull", False),
                                ("scale_value__gte", 1),
                                ("scale_value__isnull", False),
                                ("scale_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("scale_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("scale_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("scale_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="element_scale_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["policy", "pattern", "policy-or-pattern"])),
                        name="element_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="policyelementrecord_is_let_in_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("term_unit__in", ["years", "months", "days"])),
                        name="element_term_unit_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PastPeriodRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("report_year", models.PositiveSmallIntegerField()),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Tier 1"),
                            ("2", "Tier 2"),
                            ("2WL", "Tier 2 Watch List"),
                            ("3", "Tier 3"),
                            ("SC", "Special Case"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("statistics", models.JSONField(blank=True, default=list)),
                ("ratings", models.JSONField(blank=True, default=list)),
                ("recommendations", models.JSONField(blank=True, default=list)),
                ("sentences", models.JSONField(blank=True, default=list)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="history", to="assessments.revision"
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "report_year"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "report_year"), name="one_entry_per_earlier_period"),
                    models.CheckConstraint(
                        condition=models.Q(("report_year__gte", 2001), ("report_year__lte", 2100)),
                        name="earlier_period_is_from_2001_to_2100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tier__in", ["1", "2", "2WL", "3", "SC"]), ("tier__isnull", True), _connector="OR"
                        ),
                        name="earlier_tier_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MeasureRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("freeze", "assets frozen"),
                            ("seizure", "assets seized"),
                            ("confiscation", "assets confiscated"),
                            ("law", "law or regulation"),
                            ("procedure", "procedure or guidance"),
                            ("unit", "unit or body"),
                            ("training", "training"),
                            ("reporting-channel", "reporting channel or protection"),
                            ("oversight", "oversight of recruiters or suppliers"),
                            ("publication", "publication of results"),
                            ("cooperation", "cooperation"),
                            ("other", "other"),
                        ],
                        max_length=40,
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=200)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("announced", "announced"),
                            ("draft", "draft"),
                            ("adopted", "adopted"),
                            ("in-force", "in force or done"),
                            ("not-done", "not done"),
                            ("ended", "ended"),
                        ],
                        default="in-force",
                        max_length=40,
                    ),
                ),
                ("indicator", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("body", models.CharField(blank=True, default="", max_length=200)),
                ("body_abbreviation", models.CharField(blank=True, default="", max_length=20)),
                ("date", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("legal_basis", models.CharField(blank=True, default="", max_length=200)),
                ("coverage", models.CharField(blank=True, default="", max_length=200)),
                (
                    "amount",
                    models.FloatField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000000000000),
                        ],
                    ),
                ),
                ("currency", models.CharField(blank=True, default="", max_length=200)),
                (
                    "usd",
                    models.FloatField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000000000000000),
                        ],
                    ),
                ),
                ("usd_rate_date", models.CharField(blank=True, default=None, max_length=10, null=True)),
                (
                    "cases_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "cases_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("output", models.CharField(blank=True, default="", max_length=200)),
                ("is_effort", models.BooleanField(blank=True, default=None, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="measures", to="assessments.revision"
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="measurerecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="measurerecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="measurerecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cases_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("cases_kind__isnull", False),
                                ("cases_value__gte", 1),
                                ("cases_value__isnull", False),
                                ("cases_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("cases_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("cases_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("cases_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_cases_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "freeze",
                                    "seizure",
                                    "confiscation",
                                    "law",
                                    "procedure",
                                    "unit",
                                    "training",
                                    "reporting-channel",
                                    "oversight",
                                    "publication",
                                    "cooperation",
                                    "other",
                                ],
                            )
                        ),
                        name="measure_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stage__in", ["announced", "draft", "adopted", "in-force", "not-done", "ended"])
                        ),
                        name="measure_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__isnull", True),
                                models.Q(("amount__gte", 0), ("amount__lte", 1000000000000000)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("usd__isnull", True),
                                models.Q(("usd__gte", 0), ("usd__lte", 1000000000000000)),
                                _connector="OR",
                            ),
                        ),
                        name="measure_amounts_are_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="measurerecord_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EndorsementRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(blank=True, default="", max_length=80)),
                ("level", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("is_claim", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("lapsed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "endorser",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.indicator"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="endorsements",
                        to="assessments.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "indicator", "part", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("endorser__isnull", False), ("lapsed_at__isnull", True)),
                        fields=("revision", "indicator", "part", "level", "endorser"),
                        name="a_person_endorses_a_level_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__gte", 0), ("level__lte", 5)), name="an_endorsed_level_is_0_to_5"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("endorser__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="an_endorsement_is_somebody_s_word",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("lapsed_at__isnull", True), ("lapsed_at__gte", models.F("at")), _connector="OR"
                        ),
                        name="an_endorsement_lapses_after_it",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftSentence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("tier", "Tier paragraph"),
                            ("prosecution", "Prosecution"),
                            ("protection", "Protection"),
                            ("prevention", "Prevention"),
                            ("profile", "Trafficking profile"),
                        ],
                        max_length=40,
                    ),
                ),
                ("family", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("subjects", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveIntegerField(default=0)),
                ("pattern", models.CharField(blank=True, default="", max_length=40)),
                ("choice", models.TextField(blank=True, default="")),
                ("slots", models.JSONField(blank=True, default=dict)),
                ("basis", models.JSONField(blank=True, default=dict)),
                ("generated_text", models.TextField(blank=True, default="")),
                ("text", models.CharField(blank=True, default=None, max_length=4000, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("generated", "generated"),
                            ("edited", "edited"),
                            ("handwritten", "written by hand"),
                            ("removed", "removed"),
                        ],
                        default="generated",
                        max_length=40,
                    ),
                ),
                ("suggestion", models.TextField(blank=True, default=None, null=True)),
                ("predecessors", models.JSONField(blank=True, default=list)),
                ("judgement", models.BooleanField(default=False)),
                ("is_orphan", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField(default=1)),
                ("stated_author", models.CharField(blank=True, default="", max_length=200)),
                ("stated_evidence", models.JSONField(blank=True, default=list)),
                ("generated_at", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sentences", to="assessments.revision"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("record", "the record changed"),
                            ("wording", "the house style changed"),
                            ("rules", "the rules of the program changed"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("section__in", ["tier", "prosecution", "protection", "prevention", "profile"])
                        ),
                        name="sentence_section_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["generated", "edited", "handwritten", "removed"])),
                        name="sentence_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["edited", "handwritten"]), _negated=True),
                            ("text__isnull", False),
                            _connector="OR",
                        ),
                        name="a_sentence_of_a_person_has_its_text",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftRecommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("code", models.CharField(max_length=20)),
                ("merged", models.JSONField(blank=True, default=list)),
                ("generated_text", models.TextField(blank=True, default="")),
                ("text", models.CharField(blank=True, default=None, max_length=4000, null=True)),
                ("position", models.PositiveIntegerField()),
                ("rank", models.PositiveIntegerField()),
                ("is_top", models.BooleanField(default=False)),
                ("reason", models.TextField(blank=True, default="")),
                ("trigger", models.JSONField(blank=True, default=list)),
                ("basis", models.JSONField(blank=True, default=dict)),
                ("addressees", models.JSONField(blank=True, default=list)),
                ("provisions", models.JSONField(blank=True, default=list)),
                ("for_others", models.BooleanField(default=False)),
                ("reorder_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("reordered_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "reordered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="assessments.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "rank", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "code"), name="a_recommendation_stands_once_in_a_draft")
                ],
            },
        ),
        migrations.CreateModel(
            name="DraftGapRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("tier", "Tier paragraph"),
                            ("prosecution", "Prosecution"),
                            ("protection", "Protection"),
                            ("prevention", "Prevention"),
                            ("profile", "Trafficking profile"),
                        ],
                        max_length=40,
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("facts", models.JSONField(blank=True, default=list)),
                (
                    "indicator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="frameworks.indicator",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="gaps", to="assessments.revision"
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="DeterminationRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("factor", models.CharField(max_length=80)),
                ("sector", models.CharField(blank=True, default=None, max_length=80, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("policy", "policy"),
                            ("pattern", "pattern"),
                            ("policy-or-pattern", "policy or pattern"),
                        ],
                        max_length=40,
                    ),
                ),
                ("elements", models.JSONField(blank=True, default=list)),
                ("stated_proposer", models.CharField(blank=True, default="", max_length=200)),
                ("claimed_approvers", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("proposed_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="determinations",
                        to="assessments.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="determination_ref_is_used_once_in_a_revision"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("revision", "factor", "sector"),
                        name="one_determination_per_factor_and_sector",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("sector__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("revision", "factor"),
                        name="one_determination_per_factor_without_sector",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["policy", "pattern", "policy-or-pattern"])),
                        name="determination_kind_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Tier 1"),
                            ("2", "Tier 2"),
                            ("2WL", "Tier 2 Watch List"),
                            ("3", "Tier 3"),
                            ("SC", "Special Case"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("tier_reason", models.CharField(blank=True, default="", max_length=4000)),
                ("tier_decided_by", models.CharField(blank=True, default="", max_length=200)),
                ("tier_decided_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("tier_source", models.CharField(blank=True, default="", max_length=200)),
                ("tier_mark", models.CharField(blank=True, default="", max_length=200)),
                ("tier_released", models.BooleanField(default=False)),
                (
                    "previous_tier",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("1", "Tier 1"),
                            ("2", "Tier 2"),
                            ("2WL", "Tier 2 Watch List"),
                            ("3", "Tier 3"),
                            ("SC", "Special Case"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("watch_list_ground", models.CharField(blank=True, default="", max_length=200)),
                (
                    "watch_list_years",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(25),
                        ],
                    ),
                ),
                ("waiver", models.BooleanField(default=False)),
                (
                    "waiver_years",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(25),
                        ],
                    ),
                ),
                ("secretary_decided_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("recognized", models.BooleanField(default=True)),
                ("authority", models.CharField(blank=True, default="", max_length=200)),
                ("trends", models.JSONField(blank=True, default=list)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decision", to="assessments.revision"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("tier__in", ["1", "2", "2WL", "3", "SC"]), ("tier__isnull", True), _connector="OR"
                            ),
                            models.Q(
                                ("previous_tier__in", ["1", "2", "2WL", "3", "SC"]),
                                ("previous_tier__isnull", True),
                                _connector="OR",
                            ),
                        ),
                        name="tier_is_one_of_the_five",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("watch_list_years__isnull", True),
                                models.Q(("watch_list_years__gte", 1), ("watch_list_years__lte", 25)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("waiver_years__isnull", True),
                                models.Q(("waiver_years__gte", 1), ("waiver_years__lte", 25)),
                                _connector="OR",
                            ),
                        ),
                        name="years_on_watch_list_and_waiver_are_1_to_25",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DataRequestRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("asked_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("channel", models.CharField(blank=True, default="", max_length=200)),
                ("addressee", models.CharField(blank=True, default="", max_length=200)),
                ("items", models.CharField(blank=True, default="", max_length=4000)),
                ("stages", models.JSONField(blank=True, default=list)),
                ("replied_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("supplied", models.CharField(blank=True, default="", max_length=4000)),
                ("capacity", models.CharField(blank=True, default="", max_length=4000)),
                ("presumption_proposed", models.BooleanField(default=False)),
                ("claimed_approvers", models.JSONField(blank=True, default=list)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="requests", to="assessments.revision"
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="datarequestrecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="datarequestrecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="datarequestrecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="datarequestrecord_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CommitmentRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("instrument", models.CharField(max_length=80)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("party", "party"),
                            ("signatory", "signatory"),
                            ("none", "not a party"),
                            ("unknown", "not known"),
                        ],
                        default="unknown",
                        max_length=40,
                    ),
                ),
                ("date", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("reservation", models.CharField(blank=True, default="", max_length=200)),
                ("provision", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("domestic_law", models.CharField(blank=True, default="", max_length=200)),
                ("used_in_case", models.BooleanField(blank=True, default=None, null=True)),
                ("review_cycle", models.CharField(blank=True, default="", max_length=200)),
                ("recommendation", models.CharField(blank=True, default="", max_length=200)),
                ("recommendation_status", models.CharField(blank=True, default="", max_length=200)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="assessments.revision",
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="commitmentrecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="commitmentrecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="commitmentrecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["party", "signatory", "none", "unknown"])),
                        name="commitment_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="commitmentrecord_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sentence", models.UUIDField(blank=True, default=None, null=True)),
                ("quote", models.TextField(blank=True, default="")),
                ("text", models.CharField(max_length=4000)),
                ("at", models.DateTimeField()),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
                        to="assessments.comment",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="assessments.revision"
                    ),
                ),
                ("is_on_words", models.BooleanField(default=False)),
                ("mentions", models.JSONField(blank=True, default=list)),
                ("stated_author", models.CharField(blank=True, default="", max_length=200)),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["sentence"], name="comment_by_sentence")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_comment_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("resolved_at__isnull", True), ("resolved_by__isnull", True)),
                            models.Q(("resolved_at__isnull", False), ("resolved_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_comment_is_resolved_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckAcceptance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key", models.CharField(max_length=64)),
                ("about", models.CharField(max_length=64)),
                ("slug", models.CharField(max_length=80)),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("block", "must be settled before submission"),
                            ("warning", "needs a look"),
                            ("note", "for information"),
                        ],
                        max_length=40,
                    ),
                ),
                ("subjects", models.JSONField(blank=True, default=list)),
                ("sentence", models.JSONField(blank=True, default=None, null=True)),
                ("text", models.TextField()),
                ("reason", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acceptances",
                        to="assessments.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("revision", "key"),
                        name="one_standing_acceptance_per_check",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="a_check_is_accepted_with_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("severity", "block"), _negated=True),
                        name="what_blocks_is_settled_and_never_accepted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                            models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_acceptance_is_taken_back_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("acts", models.JSONField(blank=True, default=list)),
                ("text", models.CharField(blank=True, default="", max_length=200)),
                ("mode", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("form", models.CharField(blank=True, default=None, max_length=80, null=True)),
                (
                    "attribution_level",
                    models.CharField(
                        choices=[
                            ("individual", "individual officials"),
                            ("unit", "a unit or office"),
                            ("agency", "an agency"),
                            ("government", "the government"),
                        ],
                        default="individual",
                        max_length=40,
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("official", "in office"), ("private", "private"), ("unknown", "not known")],
                        default="unknown",
                        max_length=40,
                    ),
                ),
                (
                    "deployment",
                    models.CharField(
                        choices=[
                            ("none", "at home"),
                            ("diplomatic", "diplomatic mission"),
                            ("peacekeeping", "peacekeeping mission"),
                            ("other", "other deployment abroad"),
                        ],
                        default="none",
                        max_length=40,
                    ),
                ),
                ("sectors", models.JSONField(blank=True, default=list)),
                ("sector_text", models.CharField(blank=True, default="", max_length=200)),
                ("setting", models.CharField(blank=True, default="", max_length=200)),
                ("leverage", models.JSONField(blank=True, default=list)),
                ("place", models.CharField(blank=True, default="", max_length=200)),
                ("countries", models.JSONField(blank=True, default=list)),
                (
                    "victims_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "victims_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("victim_group", models.CharField(blank=True, default="", max_length=200)),
                (
                    "link",
                    models.CharField(
                        choices=[
                            ("trafficking", "trafficking"),
                            ("unclear", "unclear"),
                            ("smuggling", "smuggling only (out of scope)"),
                        ],
                        default="trafficking",
                        max_length=40,
                    ),
                ),
                ("officials", models.JSONField(blank=True, default=list)),
                ("proceedings", models.JSONField(blank=True, default=list)),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("current", "opened in this period"),
                            ("continued", "continued from an earlier period"),
                            ("earlier", "from an earlier period, closed or without news"),
                        ],
                        default="current",
                        max_length=40,
                    ),
                ),
                ("opened", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("counted_in", models.CharField(blank=True, default=None, max_length=40, null=True)),
                ("recruiter", models.CharField(blank=True, default="", max_length=200)),
                ("docket", models.CharField(blank=True, default="", max_length=200)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="assessments.revision"
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("crime", models.CharField(blank=True, default=None, max_length=80, null=True)),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seldom", "seldom"),
                            ("at-times", "at times"),
                            ("often", "often"),
                            ("mostly", "mostly"),
                            ("always", "always"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "immunity",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("claimed", "claimed, undecided"),
                            ("not-waived", "not waived"),
                            ("waived", "waived"),
                            ("lifted", "lifted by a parliament or court"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("institution", models.CharField(blank=True, default="", max_length=200)),
                ("left_host_state", models.BooleanField(default=False)),
                ("manners", models.JSONField(blank=True, default=list)),
                ("motives", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="caserecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="caserecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("ref", ""), _negated=True), name="caserecord_has_a_ref"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("victims_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("victims_kind__isnull", False),
                                ("victims_value__gte", 1),
                                ("victims_value__isnull", False),
                                ("victims_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("victims_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("victims_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("victims_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="caserecord_victims_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link__in", ["trafficking", "unclear", "smuggling"])),
                        name="caserecord_link_to_trafficking_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["current", "continued", "earlier"])),
                        name="case_relation_to_period_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="caserecord_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AllegationRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("acts", models.JSONField(blank=True, default=list)),
                ("text", models.CharField(blank=True, default="", max_length=200)),
                ("mode", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("form", models.CharField(blank=True, default=None, max_length=80, null=True)),
                (
                    "attribution_level",
                    models.CharField(
                        choices=[
                            ("individual", "individual officials"),
                            ("unit", "a unit or office"),
                            ("agency", "an agency"),
                            ("government", "the government"),
                        ],
                        default="individual",
                        max_length=40,
                    ),
                ),
                (
                    "capacity",
                    models.CharField(
                        choices=[("official", "in office"), ("private", "private"), ("unknown", "not known")],
                        default="unknown",
                        max_length=40,
                    ),
                ),
                (
                    "deployment",
                    models.CharField(
                        choices=[
                            ("none", "at home"),
                            ("diplomatic", "diplomatic mission"),
                            ("peacekeeping", "peacekeeping mission"),
                            ("other", "other deployment abroad"),
                        ],
                        default="none",
                        max_length=40,
                    ),
                ),
                ("sectors", models.JSONField(blank=True, default=list)),
                ("sector_text", models.CharField(blank=True, default="", max_length=200)),
                ("setting", models.CharField(blank=True, default="", max_length=200)),
                ("leverage", models.JSONField(blank=True, default=list)),
                ("place", models.CharField(blank=True, default="", max_length=200)),
                ("countries", models.JSONField(blank=True, default=list)),
                (
                    "victims_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "victims_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("victim_group", models.CharField(blank=True, default="", max_length=200)),
                (
                    "link",
                    models.CharField(
                        choices=[
                            ("trafficking", "trafficking"),
                            ("unclear", "unclear"),
                            ("smuggling", "smuggling only (out of scope)"),
                        ],
                        default="trafficking",
                        max_length=40,
                    ),
                ),
                ("officials", models.JSONField(blank=True, default=list)),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("reported", "reported"),
                            ("alleged", "alleged"),
                            ("presumed", "presumed (may, appears)"),
                        ],
                        default="reported",
                        max_length=40,
                    ),
                ),
                ("repeated", models.BooleanField(default=False)),
                ("date", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("in_period", models.BooleanField(default=True)),
                (
                    "response",
                    models.CharField(
                        choices=[
                            ("not-recorded", "nothing on record"),
                            ("none-reported", "no action reported"),
                            ("not-investigated", "known not to be investigated"),
                            ("denied", "denied without inquiry"),
                            ("acknowledged", "acknowledged, nothing more"),
                            ("screened", "preliminary inquiry"),
                            ("case-opened", "case opened"),
                        ],
                        default="not-recorded",
                        max_length=40,
                    ),
                ),
                ("response_text", models.CharField(blank=True, default="", max_length=200)),
                ("effect", models.CharField(blank=True, default="", max_length=200)),
                (
                    "effect_strength",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hindered", "hindered"),
                            ("impeded", "impeded"),
                            ("severely-limited", "severely limited"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("case", models.CharField(blank=True, default=None, max_length=40, null=True)),
                ("motive", models.CharField(blank=True, default="", max_length=200)),
                ("recruiter", models.CharField(blank=True, default="", max_length=200)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allegations",
                        to="assessments.revision",
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("crime", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("effects", models.JSONField(blank=True, default=list)),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seldom", "seldom"),
                            ("at-times", "at times"),
                            ("often", "often"),
                            ("mostly", "mostly"),
                            ("always", "always"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("manners", models.JSONField(blank=True, default=list)),
                ("motives", models.JSONField(blank=True, default=list)),
                ("results", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="allegationrecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="allegationrecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="allegationrecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("victims_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("victims_kind__isnull", False),
                                ("victims_value__gte", 1),
                                ("victims_value__isnull", False),
                                ("victims_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("victims_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("victims_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("victims_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="allegationrecord_victims_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("link__in", ["trafficking", "unclear", "smuggling"])),
                        name="allegationrecord_link_to_trafficking_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("modality__in", ["stated", "reported", "alleged", "presumed"])),
                        name="allegation_modality_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "response__in",
                                [
                                    "not-recorded",
                                    "none-reported",
                                    "not-investigated",
                                    "denied",
                                    "acknowledged",
                                    "screened",
                                    "case-opened",
                                ],
                            )
                        ),
                        name="allegation_response_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="allegationrecord_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("searched", models.CharField(blank=True, default="", max_length=4000)),
                ("on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("indicators", models.JSONField(blank=True, default=list)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="search_notes",
                        to="assessments.revision",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="searchnote_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="searchnote_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("ref", ""), _negated=True), name="searchnote_has_a_ref"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="searchnote_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(choices=[("approved", "approved"), ("working", "working draft")], max_length=40),
                ),
                ("open_part", models.TextField()),
                ("open_digest", models.CharField(max_length=64)),
                ("rules_version", models.CharField(blank=True, default="", max_length=40)),
                ("at", models.DateTimeField()),
                ("released_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="snapshots", to="assessments.revision"
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="assessments.snapshot",
                    ),
                ),
                ("words", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["approved", "working"])), name="snapshot_kind_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kind", "approved"), ("released_at__isnull", True), _connector="OR"),
                        name="only_an_approved_snapshot_is_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("body", models.TextField()),
                (
                    "snapshot",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sealed_part",
                        to="assessments.snapshot",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "source_class",
                    models.CharField(
                        choices=[
                            ("SC-A", "Department of State"),
                            ("SC-B", "other U.S. agency"),
                            ("SC-C", "assessed government"),
                            ("SC-D", "civil society"),
                            ("SC-E", "survivors, whistleblowers, insiders"),
                            ("SC-F", "media and research"),
                            ("SC-G", "international organization"),
                            ("SC-H", "assessed effect on prevalence"),
                        ],
                        max_length=40,
                    ),
                ),
                ("publisher", models.CharField(blank=True, default="", max_length=200)),
                ("url", models.CharField(blank=True, default="", max_length=500)),
                ("published", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("read_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("language", models.CharField(blank=True, default="English", max_length=40)),
                (
                    "reliability",
                    models.CharField(
                        choices=[
                            ("A", "A, completely reliable"),
                            ("B", "B, usually reliable"),
                            ("C", "C, fairly reliable"),
                            ("D", "D, not usually reliable"),
                            ("E", "E, unreliable"),
                            ("F", "F, cannot be judged"),
                        ],
                        default="F",
                        max_length=40,
                    ),
                ),
                (
                    "protection",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("restricted", "restricted to staff of the country and its reviewers"),
                            ("confidential", "confidential: who entered it and people named on it"),
                        ],
                        default="open",
                        max_length=40,
                    ),
                ),
                ("attributions", models.JSONField(blank=True, default=list)),
                ("demonstration", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entered_sources",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["title", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_class__in", ["SC-A", "SC-B", "SC-C", "SC-D", "SC-E", "SC-F", "SC-G", "SC-H"])
                        ),
                        name="source_class_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("protection__in", ["open", "restricted", "confidential"])),
                        name="source_protection_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reliability__in", ["A", "B", "C", "D", "E", "F"])),
                        name="source_reliability_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="source_is_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("named_at", models.DateTimeField()),
                (
                    "named_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="readers", to="assessments.source"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readable_sources",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["source", "user"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "user"), name="a_person_is_named_once_on_a_source")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="assessments.revision"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="assessments.source"
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "ref"), name="source_ref_is_used_once_in_a_revision"),
                    models.UniqueConstraint(fields=("revision", "source"), name="a_source_has_one_ref_in_a_revision"),
                    models.CheckConstraint(condition=models.Q(("ref", ""), _negated=True), name="source_use_has_a_ref"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("excerpt", models.CharField(blank=True, default="", max_length=4000)),
                ("edited", models.CharField(blank=True, default="", max_length=4000)),
                ("pinpoint", models.CharField(blank=True, default="", max_length=200)),
                (
                    "source_class",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("SC-A", "Department of State"),
                            ("SC-B", "other U.S. agency"),
                            ("SC-C", "assessed government"),
                            ("SC-D", "civil society"),
                            ("SC-E", "survivors, whistleblowers, insiders"),
                            ("SC-F", "media and research"),
                            ("SC-G", "international organization"),
                            ("SC-H", "assessed effect on prevalence"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("attribution", models.CharField(blank=True, default="", max_length=200)),
                (
                    "credibility",
                    models.CharField(
                        choices=[
                            ("1", "1, confirmed by other sources"),
                            ("2", "2, probably true"),
                            ("3", "3, possibly true"),
                            ("4", "4, doubtful"),
                            ("5", "5, improbable"),
                            ("6", "6, cannot be judged"),
                        ],
                        default="6",
                        max_length=40,
                    ),
                ),
                ("origin", models.CharField(blank=True, default="", max_length=200)),
                ("official_record", models.BooleanField(default=False)),
                ("dated", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("original_language", models.CharField(blank=True, default="", max_length=40)),
                ("translation", models.CharField(blank=True, default="", max_length=4000)),
                ("translator", models.CharField(blank=True, default="", max_length=200)),
                ("set_aside", models.CharField(blank=True, default="", max_length=4000)),
                ("demonstration", models.BooleanField(default=False)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="assessments.revision"
                    ),
                ),
                (
                    "use",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="assessments.sourceuse"
                    ),
                ),
                ("indicators", models.JSONField(blank=True, default=list)),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "ref"), name="evidence_ref_is_used_once_in_a_revision"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="evidence_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("ref", ""), _negated=True), name="evidence_has_a_ref"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_class__in", ["SC-A", "SC-B", "SC-C", "SC-D", "SC-E", "SC-F", "SC-G", "SC-H"]),
                            ("source_class__isnull", True),
                            _connector="OR",
                        ),
                        name="evidence_source_class_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("credibility__in", ["1", "2", "3", "4", "5", "6"])),
                        name="evidence_credibility_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="evidence_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("concern", "graded concern"),
                            ("effect", "effect of complicity"),
                            ("effort", "effort"),
                            ("shortfall", "shortfall"),
                            ("limit", "limit of what is known"),
                            ("context", "context"),
                            ("profile", "long-standing situation (profile)"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("tier", "Tier paragraph"),
                            ("prosecution", "Prosecution"),
                            ("protection", "Protection"),
                            ("prevention", "Prevention"),
                            ("profile", "Trafficking profile"),
                        ],
                        default="prosecution",
                        max_length=40,
                    ),
                ),
                ("text", models.CharField(blank=True, default="", max_length=200)),
                ("subject", models.CharField(blank=True, default="", max_length=200)),
                ("topic", models.CharField(blank=True, default="official complicity", max_length=200)),
                (
                    "grade",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("concern", "a concern"),
                            ("significant", "a significant concern"),
                            ("serious", "a serious concern"),
                            ("widespread", "widespread"),
                            ("endemic", "endemic"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("persists", models.BooleanField(default=False)),
                ("scope", models.CharField(blank=True, default="", max_length=200)),
                ("effect_objects", models.JSONField(blank=True, default=list)),
                (
                    "strength",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("hindered", "hindered"),
                            ("impeded", "impeded"),
                            ("severely-limited", "severely limited"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "modality",
                    models.CharField(
                        choices=[
                            ("stated", "stated"),
                            ("reported", "reported"),
                            ("alleged", "alleged"),
                            ("presumed", "presumed (may, appears)"),
                        ],
                        default="reported",
                        max_length=40,
                    ),
                ),
                ("explains", models.CharField(blank=True, default=None, max_length=40, null=True)),
                ("about_officials", models.BooleanField(default=True)),
                ("unattributed", models.BooleanField(default=False)),
                ("date", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="assessments.revision",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("crime", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("effects", models.JSONField(blank=True, default=list)),
                ("extents", models.JSONField(blank=True, default=list)),
                (
                    "frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seldom", "seldom"),
                            ("at-times", "at times"),
                            ("often", "often"),
                            ("mostly", "mostly"),
                            ("always", "always"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("groups", models.CharField(blank=True, default="", max_length=200)),
                ("is_share", models.BooleanField(default=False)),
                ("levels", models.JSONField(blank=True, default=list)),
                (
                    "magnitude",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("dozens", "dozens"),
                            ("hundreds", "hundreds"),
                            ("thousands", "thousands"),
                            ("tens-of-thousands", "tens of thousands"),
                            ("hundreds-of-thousands", "hundreds of thousands"),
                            ("millions", "millions"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "manner_frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("seldom", "seldom"),
                            ("at-times", "at times"),
                            ("often", "often"),
                            ("mostly", "mostly"),
                            ("always", "always"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("manners", models.JSONField(blank=True, default=list)),
                ("observations", models.JSONField(blank=True, default=list)),
                ("other_crime", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("qualities", models.JSONField(blank=True, default=list)),
                ("results", models.JSONField(blank=True, default=list)),
                (
                    "scale_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "scale_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("sectors", models.JSONField(blank=True, default=list)),
                ("topics", models.JSONField(blank=True, default=list)),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="statementrecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="statementrecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="statementrecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["concern", "effect", "effort", "shortfall", "limit", "context", "profile"])
                        ),
                        name="statement_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("section__in", ["tier", "prosecution", "protection", "prevention", "profile"])
                        ),
                        name="statement_section_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="statementrecord_is_let_in_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("scale_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("scale_kind__isnull", False),
                                ("scale_value__gte", 1),
                                ("scale_value__isnull", False),
                                ("scale_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("scale_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("scale_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("scale_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statement_scale_number_goes_with_its_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StatisticRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("allegation", "allegation"),
                            ("arrest", "arrest"),
                            ("investigation", "investigation"),
                            ("indictment", "indictment"),
                            ("charge", "charge"),
                            ("trial", "prosecution or trial"),
                            ("conviction", "conviction"),
                            ("sentence", "sentence"),
                            ("acquittal", "acquittal"),
                            ("court-dismissal", "dismissal by a court"),
                            ("shelving", "shelving by police or prosecutors"),
                            ("reversal", "reversal on appeal"),
                            ("appeal", "appeal"),
                            ("administrative", "administrative measure"),
                            ("action", "action, kind not stated"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("persons", "officials"),
                            ("cases", "cases"),
                            ("investigations", "investigations"),
                            ("percent", "percent: a rate"),
                        ],
                        default="persons",
                        max_length=40,
                    ),
                ),
                (
                    "count_kind",
                    models.CharField(
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default="unknown",
                        max_length=40,
                    ),
                ),
                (
                    "count_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("scope", models.CharField(blank=True, default="", max_length=200)),
                ("agency", models.CharField(blank=True, default="", max_length=200)),
                ("jurisdiction", models.CharField(blank=True, default="", max_length=200)),
                (
                    "statute",
                    models.CharField(
                        choices=[
                            ("trafficking", "trafficking"),
                            ("corruption", "corruption"),
                            ("child-protection", "child protection"),
                            ("immigration", "immigration or smuggling"),
                            ("labor", "labor"),
                            ("laundering", "money laundering"),
                            ("other", "other"),
                            ("unknown", "not known"),
                        ],
                        default="unknown",
                        max_length=40,
                    ),
                ),
                (
                    "period_basis",
                    models.CharField(
                        choices=[
                            ("reporting-period", "reporting period (April 1 to March 31)"),
                            ("calendar-year", "calendar year"),
                            ("fiscal-year", "fiscal year"),
                            ("other", "other, see note"),
                        ],
                        default="reporting-period",
                        max_length=40,
                    ),
                ),
                ("period", models.CharField(blank=True, default=None, max_length=10, null=True)),
                (
                    "new_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "new_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                (
                    "continued_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "continued_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                (
                    "of_total_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "of_total_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                ("of_total_noun", models.CharField(blank=True, default="", max_length=200)),
                (
                    "previous_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "previous_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                (
                    "previous_basis",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("reporting-period", "reporting period (April 1 to March 31)"),
                            ("calendar-year", "calendar year"),
                            ("fiscal-year", "fiscal year"),
                            ("other", "other, see note"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                ("previous_note", models.CharField(blank=True, default="", max_length=200)),
                ("gap_reason", models.CharField(blank=True, default="", max_length=200)),
                (
                    "streak",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consecutive", "same state for n years in a row"),
                            ("first-ever", "first ever"),
                            ("first-since", "first since a year"),
                            ("never", "never"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "streak_years",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(40),
                        ],
                    ),
                ),
                ("streak_since", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("streak_event", models.CharField(blank=True, default="", max_length=200)),
                ("stated_by_government", models.BooleanField(default=True)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statistics",
                        to="assessments.revision",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "about",
                    models.CharField(
                        choices=[("officials", "officials"), ("everyone", "all accused persons")],
                        default="officials",
                        max_length=40,
                    ),
                ),
                (
                    "change",
                    models.CharField(
                        blank=True,
                        choices=[("rose", "rose"), ("steady", "stayed the same"), ("fell", "fell")],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "cohort_from",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(2001),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                (
                    "cohort_to",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(2001),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                    ),
                ),
                ("crime", models.CharField(blank=True, default=None, max_length=80, null=True)),
                ("finished", models.BooleanField(default=False)),
                ("notability", models.CharField(blank=True, default=None, max_length=80, null=True)),
                (
                    "previous_detail",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("first-ever", "it was the first ever"),
                            ("unrecorded", "it had gone unrecorded at the time"),
                            ("under-investigation", "investigations only"),
                            ("not-separate", "officials were not counted apart"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "previous_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("allegation", "allegation"),
                            ("arrest", "arrest"),
                            ("investigation", "investigation"),
                            ("indictment", "indictment"),
                            ("charge", "charge"),
                            ("trial", "prosecution or trial"),
                            ("conviction", "conviction"),
                            ("sentence", "sentence"),
                            ("acquittal", "acquittal"),
                            ("court-dismissal", "dismissal by a court"),
                            ("shelving", "shelving by police or prosecutors"),
                            ("reversal", "reversal on appeal"),
                            ("appeal", "appeal"),
                            ("administrative", "administrative measure"),
                            ("action", "action, kind not stated"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "reported_by_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("exact", "exactly"),
                            ("at-least", "at least"),
                            ("up-to", "up to"),
                            ("about", "about"),
                            ("some", "some (two or more, no count)"),
                            ("several", "several (three or more, no count)"),
                            ("reported-zero", "none took place, and that was reported"),
                            ("took-place", "took place, number not given"),
                            ("not-reported", "not reported"),
                            ("unknown", "unknown (nobody asked or looked)"),
                            ("not-applicable", "not applicable"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
                (
                    "reported_by_unit",
                    models.CharField(
                        choices=[
                            ("province", "province"),
                            ("state", "state"),
                            ("region", "region"),
                            ("district", "district"),
                            ("city", "city"),
                            ("court", "court"),
                            ("agency", "agency"),
                        ],
                        default="province",
                        max_length=40,
                    ),
                ),
                (
                    "reported_by_value",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(2000000000),
                        ],
                    ),
                ),
                (
                    "sanction",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("prison", "prison"),
                            ("life", "life imprisonment"),
                            ("suspended", "suspended prison term"),
                            ("fine", "fine"),
                            ("compensation", "compensation or restitution"),
                            ("confiscation", "confiscation"),
                            ("dismissal", "dismissal from office"),
                            ("suspension", "suspension from duty"),
                            ("transfer", "transfer"),
                            ("demotion", "demotion"),
                            ("reprimand", "reprimand"),
                            ("recall", "recall or repatriation"),
                            ("seat-lost", "seat or immunity lost"),
                            ("other", "other"),
                        ],
                        default=None,
                        max_length=40,
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="statisticrecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="statisticrecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="statisticrecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("count_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("count_kind__isnull", False),
                                ("count_value__gte", 1),
                                ("count_value__isnull", False),
                                ("count_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("count_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("count_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("count_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_count_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("new_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("new_kind__isnull", False),
                                ("new_value__gte", 1),
                                ("new_value__isnull", False),
                                ("new_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(("new_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True),
                                    ("new_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("new_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_new_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("continued_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("continued_kind__isnull", False),
                                ("continued_value__gte", 1),
                                ("continued_value__isnull", False),
                                ("continued_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("continued_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("continued_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("continued_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_continued_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("of_total_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("of_total_kind__isnull", False),
                                ("of_total_value__gte", 1),
                                ("of_total_value__isnull", False),
                                ("of_total_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("of_total_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("of_total_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("of_total_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_of_total_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("previous_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("previous_kind__isnull", False),
                                ("previous_value__gte", 1),
                                ("previous_value__isnull", False),
                                ("previous_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("previous_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("previous_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("previous_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_previous_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("streak_years__isnull", True),
                            models.Q(("streak_years__gte", 2), ("streak_years__lte", 40)),
                            _connector="OR",
                        ),
                        name="streak_is_2_to_40_years",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="statisticrecord_is_let_in_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("reported_by_kind__in", ["about", "at-least", "exact", "up-to"]),
                                ("reported_by_kind__isnull", False),
                                ("reported_by_value__gte", 1),
                                ("reported_by_value__isnull", False),
                                ("reported_by_value__lte", 2000000000),
                            ),
                            models.Q(
                                models.Q(
                                    models.Q(
                                        ("reported_by_kind__in", ["about", "at-least", "exact", "up-to"]), _negated=True
                                    ),
                                    ("reported_by_kind__isnull", True),
                                    _connector="OR",
                                ),
                                ("reported_by_value__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="statistic_reported_by_number_goes_with_its_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "allegation",
                                    "arrest",
                                    "investigation",
                                    "indictment",
                                    "charge",
                                    "trial",
                                    "conviction",
                                    "sentence",
                                    "acquittal",
                                    "court-dismissal",
                                    "shelving",
                                    "reversal",
                                    "appeal",
                                    "administrative",
                                    "action",
                                ],
                            )
                        ),
                        name="statistic_stage_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("unit__in", ["persons", "cases", "investigations", "percent"])),
                        name="statistic_unit_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["officials", "everyone"])), name="statistic_about_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cohort_from__isnull", True),
                                models.Q(("cohort_from__gte", 2001), ("cohort_from__lte", 2100)),
                                _connector="OR",
                            ),
                            models.Q(
                                ("cohort_to__isnull", True),
                                models.Q(("cohort_to__gte", 2001), ("cohort_to__lte", 2100)),
                                _connector="OR",
                            ),
                        ),
                        name="statistic_cohort_is_of_years",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredValue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64)),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("assessment", "assessment"),
                            ("source", "source"),
                            ("framework", "framework version"),
                            ("account", "account"),
                            ("period", "reporting period"),
                            ("template", "house template"),
                        ],
                        max_length=40,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("field", models.CharField(max_length=240)),
                ("value", models.TextField()),
                ("salt", models.CharField(blank=True, default="", max_length=64)),
                (
                    "protection",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("restricted", "restricted to staff of the country and its reviewers"),
                            ("confidential", "confidential: who entered it and people named on it"),
                        ],
                        default="open",
                        max_length=40,
                    ),
                ),
                ("redacted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
                "base_manager_name": "objects",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "field", "digest"), name="a_value_is_stored_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("protection__in", ["open", "restricted", "confidential"])),
                        name="stored_value_protection_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Transition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("in-progress", "in progress"),
                            ("submitted", "submitted for review"),
                            ("changes-requested", "changes requested"),
                            ("approved", "approved"),
                            ("released", "released"),
                            ("superseded", "superseded"),
                        ],
                        max_length=40,
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("in-progress", "in progress"),
                            ("submitted", "submitted for review"),
                            ("changes-requested", "changes requested"),
                            ("approved", "approved"),
                            ("released", "released"),
                            ("superseded", "superseded"),
                        ],
                        max_length=40,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="transitions",
                        to="assessments.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "from_state__in",
                                ["in-progress", "submitted", "changes-requested", "approved", "released", "superseded"],
                            ),
                            (
                                "to_state__in",
                                ["in-progress", "submitted", "changes-requested", "approved", "released", "superseded"],
                            ),
                        ),
                        name="a_transition_is_between_known_states",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("analyst", "analyst"), ("reviewer", "reviewer"), ("second-coder", "second coder")],
                        max_length=20,
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "assigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["assessment", "part", "user"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("assessment", "user", "part"),
                        name="one_running_assignment_per_person_and_part",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("part__in", ["analyst", "reviewer", "second-coder"])),
                        name="assignment_part_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DeterminationApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "determination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="assessments.determinationrecord",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="determinationapproval_is_somebody_s_word",
                    ),
                    models.UniqueConstraint(
                        fields=("determination", "approver"), name="a_person_approves_a_determination_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "subject_kind",
                    models.CharField(
                        choices=[
                            ("assessment", "assessment"),
                            ("source", "source"),
                            ("framework", "framework version"),
                            ("account", "account"),
                            ("period", "reporting period"),
                            ("template", "house template"),
                        ],
                        max_length=40,
                    ),
                ),
                ("subject_id", models.UUIDField()),
                ("sequence", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("action", models.CharField(max_length=80)),
                ("target", models.CharField(blank=True, default="", max_length=240)),
                ("reason", models.CharField(blank=True, default="", max_length=2000)),
                ("fields", models.JSONField(blank=True, default=list)),
                ("old", models.JSONField(blank=True, default=dict)),
                ("new", models.JSONField(blank=True, default=dict)),
                ("previous_hash", models.CharField(blank=True, default="", max_length=64)),
                ("hash", models.CharField(max_length=64, unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["subject_kind", "subject_id", "sequence"],
                "abstract": False,
                "base_manager_name": "objects",
                "indexes": [models.Index(fields=["-at"], name="event_by_time")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subject_kind", "subject_id", "sequence"), name="events_of_a_subject_stand_in_one_order"
                    ),
                    models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="events_are_counted_from_1"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("previous_hash", ""), ("sequence", 1)),
                            models.Q(("sequence__gt", 1), models.Q(("previous_hash", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="every_event_but_the_first_names_the_one_before",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("subject_kind__in", ["assessment", "source", "framework", "account", "period", "template"])
                        ),
                        name="event_subject_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sheet", models.CharField(max_length=40)),
                ("ref", models.CharField(max_length=240)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="assessments.evidence"
                    ),
                ),
            ],
            options={
                "ordering": ["sheet", "ref", "position"],
                "indexes": [models.Index(fields=["sheet", "ref"], name="evidence_link_by_record")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("evidence", "sheet", "ref"), name="evidence_is_linked_once_to_a_record"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PresumptionApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                (
                    "approver",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="approvals",
                        to="assessments.datarequestrecord",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                        ),
                        name="presumptionapproval_is_somebody_s_word",
                    ),
                    models.UniqueConstraint(
                        fields=("request", "approver"), name="a_person_approves_a_presumption_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApprovedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=80)),
                ("digest", models.CharField(blank=True, default="", max_length=64)),
                ("evidence", models.CharField(blank=True, default="", max_length=64)),
                ("text", models.TextField(blank=True, default="")),
                ("basis", models.JSONField(blank=True, default=dict)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("read", "read and approved"),
                            ("mechanical", "reconfirmed as a mechanical change"),
                            ("override", "approved by override"),
                        ],
                        default="read",
                        max_length=40,
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="assessments.reviewstep"
                    ),
                ),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("way__in", ["read", "mechanical", "override"])),
                        name="way_of_approval_is_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("step", "ref", "digest"),
                        name="an_item_is_approved_once_at_a_step",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted for review"),
                            ("changes-requested", "Changes requested"),
                            ("taken-back", "Step taken back"),
                            ("approved", "Approved"),
                            ("released", "Released"),
                            ("proposed", "Wording proposed"),
                            ("answered", "Proposal answered"),
                            ("mentioned", "You were mentioned"),
                            ("answer-came", "Answer came during review"),
                        ],
                        max_length=40,
                    ),
                ),
                ("text", models.CharField(max_length=500)),
                ("place", models.CharField(blank=True, default="", max_length=200)),
                ("at", models.DateTimeField()),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["person", "read_at"], name="notice_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "submitted",
                                    "changes-requested",
                                    "taken-back",
                                    "approved",
                                    "released",
                                    "proposed",
                                    "answered",
                                    "mentioned",
                                    "answer-came",
                                ],
                            )
                        ),
                        name="notice_kind_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "mail",
                    models.CharField(
                        choices=[
                            ("each", "each at once"),
                            ("digest", "one message a day"),
                            ("none", "none; I look in the app"),
                        ],
                        default="each",
                        max_length=40,
                    ),
                ),
                ("muted", models.JSONField(blank=True, default=list)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notice_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("mail__in", ["each", "digest", "none"])), name="way_of_mail_is_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PeriodStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("due_on", models.DateField(blank=True, null=True)),
                (
                    "sees",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="people",
                        max_length=40,
                    ),
                ),
                (
                    "comments",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="people",
                        max_length=40,
                    ),
                ),
                (
                    "edits",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="nobody",
                        max_length=40,
                    ),
                ),
                (
                    "approves",
                    models.CharField(
                        choices=[
                            ("people", "its analysts and reviewers, and coordinators"),
                            ("reviewers-and-coordinators", "its reviewers, and coordinators"),
                            ("reviewers", "its reviewers"),
                            ("analysts", "its analysts"),
                            ("coordinators", "coordinators"),
                            ("nobody", "nobody"),
                        ],
                        default="reviewers",
                        max_length=40,
                    ),
                ),
                ("named", models.JSONField(blank=True, default=list)),
                ("position", models.PositiveSmallIntegerField()),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="assessments.reportingperiod",
                    ),
                ),
            ],
            options={
                "ordering": ["period", "position"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sees__in", ["people", "reviewers-and-coordinators"])),
                        name="periodstep_is_seen_by_its_reviewers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "approves__in",
                                [
                                    "people",
                                    "reviewers-and-coordinators",
                                    "reviewers",
                                    "analysts",
                                    "coordinators",
                                    "nobody",
                                ],
                            ),
                            models.Q(("approves", "nobody"), _negated=True),
                        ),
                        name="periodstep_is_approved_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "comments__in",
                                [
                                    "people",
                                    "reviewers-and-coordinators",
                                    "reviewers",
                                    "analysts",
                                    "coordinators",
                                    "nobody",
                                ],
                            ),
                            (
                                "edits__in",
                                [
                                    "people",
                                    "reviewers-and-coordinators",
                                    "reviewers",
                                    "analysts",
                                    "coordinators",
                                    "nobody",
                                ],
                            ),
                        ),
                        name="periodstep_rights_are_known",
                    ),
                    models.UniqueConstraint(fields=("period", "position"), name="steps_of_a_period_stand_in_one_order"),
                ],
            },
        ),
        migrations.CreateModel(
            name="WordingProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("sentence", models.UUIDField(blank=True, default=None, null=True)),
                ("quote", models.TextField(blank=True, default="")),
                ("text", models.CharField(max_length=4000)),
                ("note", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "waits for an answer"),
                            ("accepted", "accepted"),
                            ("declined", "declined"),
                            ("withdrawn", "taken back"),
                        ],
                        default="open",
                        max_length=40,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposals", to="assessments.revision"
                    ),
                ),
                ("stated_author", models.CharField(blank=True, default="", max_length=200)),
                ("code", models.CharField(blank=True, default="", max_length=20)),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["sentence"], name="proposal_by_sentence")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_proposal_has_words"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "accepted", "declined", "withdrawn"])),
                        name="proposal_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True), ("state", "open")),
                            models.Q(
                                models.Q(("state", "open"), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_proposal_is_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "declined"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_proposal_is_declined_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sentence__isnull", True), models.Q(("code", ""), _negated=True)),
                            models.Q(("code", ""), ("sentence__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_proposal_is_for_one_thing",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SecondCodingSample",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("seed", models.CharField(max_length=80)),
                ("share", models.PositiveSmallIntegerField()),
                ("groups", models.JSONField(default=list)),
                ("drawn_at", models.DateTimeField()),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samples",
                        to="assessments.reportingperiod",
                    ),
                ),
            ],
            options={
                "ordering": ["drawn_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("seed", ""), _negated=True), name="a_sample_names_its_seed"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__gte", 1), ("share__lte", 100)),
                        name="the_share_of_a_sample_is_a_percentage",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SampledQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("indicator", models.CharField(max_length=80)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sampled_questions",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "sample",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="assessments.secondcodingsample",
                    ),
                ),
            ],
            options={
                "ordering": ["sample", "assessment", "indicator"],
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "indicator"), name="a_question_is_sampled_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Reconciliation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "taken",
                    models.CharField(
                        choices=[
                            ("main", "the first answer"),
                            ("second", "the second coder's answer"),
                            ("own", "another answer"),
                        ],
                        max_length=40,
                    ),
                ),
                ("state", models.CharField(blank=True, default="", max_length=40)),
                (
                    "level",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("reason", models.CharField(max_length=2000)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "main",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.ratingrecord",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reconciliations",
                        to="assessments.ratingrecord",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.ratingrecord"
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="two_answers_are_reconciled_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("taken__in", ["main", "second", "own"])),
                        name="reconciliation_taken_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("second", models.F("result")), _negated=True),
                        name="a_reconciled_answer_is_its_own_row",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                (
                    "about",
                    models.CharField(
                        choices=[
                            ("finding", "the finding"),
                            ("sentence", "a sentence"),
                            ("recommendation", "a recommendation"),
                        ],
                        max_length=40,
                    ),
                ),
                ("target", models.CharField(blank=True, default="", max_length=80)),
                ("quote", models.TextField()),
                (
                    "stance",
                    models.CharField(
                        choices=[
                            ("agrees", "agrees"),
                            ("disagrees", "disagrees"),
                            ("new-information", "gives new information"),
                        ],
                        max_length=40,
                    ),
                ),
                ("text", models.CharField(max_length=4000)),
                ("received_on", models.DateField()),
                ("entered_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="assessments.revision"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["revision", "received_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("revision", "ref"), name="reply_ref_is_used_once_in_a_revision"),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="a_reply_says_something"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["finding", "sentence", "recommendation"])),
                        name="reply_is_about_something_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("stance__in", ["agrees", "disagrees", "new-information"])),
                        name="reply_stance_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("about", "finding"), ("target", "")),
                            models.Q(
                                models.Q(("about", "finding"), _negated=True), models.Q(("target", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_reply_names_what_it_is_about",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_reply_is_withdrawn_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("words", models.CharField(blank=True, default="", max_length=200)),
                ("reason", models.CharField(max_length=2000)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("done", "taken out"),
                            ("declined", "declined"),
                            ("withdrawn", "taken back"),
                        ],
                        default="proposed",
                        max_length=40,
                    ),
                ),
                ("places", models.JSONField(blank=True, default=list)),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redactions",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["assessment", "proposed_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "done", "declined", "withdrawn"])),
                        name="redaction_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("state", "proposed"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state", "proposed"), _negated=True),
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("words", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_decided_redaction_keeps_no_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="two_people_take_words_out",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(choices=[("report", "the report")], max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waits for its turn"),
                            ("running", "is being built"),
                            ("done", "done"),
                            ("failed", "failed"),
                            ("cancelled", "cancelled"),
                        ],
                        default="queued",
                        max_length=40,
                    ),
                ),
                ("spec", models.JSONField()),
                ("key", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField()),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("heartbeat_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField()),
                ("doing", models.CharField(blank=True, default="", max_length=200)),
                ("cancel_asked", models.BooleanField(default=False)),
                ("failure", models.CharField(blank=True, default="", max_length=2000)),
                ("file_name", models.CharField(blank=True, default="", max_length=200)),
                ("file_digest", models.CharField(blank=True, default="", max_length=64)),
                ("file_size", models.BigIntegerField(default=0)),
                ("reused", models.BooleanField(default=False)),
                ("expires_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="jobs", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
                "indexes": [models.Index(fields=["key", "state"], name="job_by_key")],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("kind__in", ["report"])), name="job_kind_is_known"),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["queued", "running", "done", "failed", "cancelled"])),
                        name="job_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done__lte", models.F("total"))), name="a_job_has_done_no_more_than_all"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "failed"), _negated=True),
                            models.Q(("failure", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_failed_job_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "done"), _negated=True),
                            models.Q(("file_digest", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_job_that_is_done_has_its_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GivenOut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("format", models.CharField(blank=True, default="", max_length=20)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("internal", "internal: the people of the assessment"),
                            ("clearance", "clearance: other offices that read before release"),
                            ("public", "public"),
                        ],
                        max_length=40,
                    ),
                ),
                ("file_name", models.CharField(blank=True, default="", max_length=200)),
                ("file_digest", models.CharField(blank=True, default="", max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="given_out", to="assessments.snapshot"
                    ),
                ),
                (
                    "job",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="given_out",
                        to="assessments.job",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["snapshot", "at"], name="given_out_by_snapshot")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["internal", "clearance", "public"])),
                        name="audience_is_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True, default="")),
                (
                    "origin",
                    models.CharField(
                        choices=[("pasted", "pasted"), ("extracted", "taken out of the file"), ("none", "no text yet")],
                        default="none",
                        max_length=40,
                    ),
                ),
                ("file_name", models.CharField(blank=True, default="", max_length=200)),
                ("file_kind", models.CharField(blank=True, default="", max_length=10)),
                ("file_digest", models.CharField(blank=True, default="", max_length=64)),
                ("file_size", models.PositiveBigIntegerField(default=0)),
                ("entered_at", models.DateTimeField()),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="assessments.source"
                    ),
                ),
                ("file_redacted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["source", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "number"), name="document_versions_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(("origin__in", ["pasted", "extracted", "none"])), name="text_origin_is_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("file_digest", ""), ("file_kind", "")),
                            models.Q(
                                models.Q(("file_digest", ""), _negated=True), models.Q(("file_kind", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_file_has_a_kind_and_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("file_digest", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="document_has_a_text_or_a_file",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Excerpt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("text", models.CharField(blank=True, default="", max_length=4000)),
                ("pinpoint", models.CharField(blank=True, default="", max_length=200)),
                ("language", models.CharField(blank=True, default="", max_length=40)),
                ("translation", models.CharField(blank=True, default="", max_length=4000)),
                ("translator", models.CharField(blank=True, default="", max_length=200)),
                ("set_aside", models.CharField(blank=True, default="", max_length=4000)),
                ("set_aside_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("marked_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="excerpts", to="assessments.document"
                    ),
                ),
                (
                    "marked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "set_aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="excerpts", to="assessments.source"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["source", "document", "start", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("source", "number"), name="excerpts_are_numbered_within_a_source"),
                    models.CheckConstraint(
                        condition=models.Q(("end__gt", models.F("start"))), name="excerpt_has_a_length"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("set_aside", ""), ("set_aside_at__isnull", True)),
                            models.Q(models.Q(("set_aside", ""), _negated=True), ("set_aside_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="excerpt_is_set_aside_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="InformationGapRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("ref", models.CharField(max_length=40)),
                ("position", models.PositiveIntegerField(default=0)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                ("late", models.BooleanField(default=False)),
                ("text", models.CharField(blank=True, default="", max_length=4000)),
                ("indicators", models.JSONField(blank=True, default=list)),
                ("stages", models.JSONField(blank=True, default=list)),
                ("noted_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("tried", models.CharField(blank=True, default="", max_length=4000)),
                ("closed_on", models.CharField(blank=True, default=None, max_length=10, null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=4000)),
                ("note", models.CharField(blank=True, default="", max_length=4000)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="information_gaps",
                        to="assessments.revision",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("held", models.BooleanField(default=False)),
                ("let_in_at", models.DateTimeField(blank=True, null=True)),
                (
                    "let_in_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["revision", "position", "pk"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("revision", "ref"), name="informationgaprecord_ref_is_used_once_in_a_revision"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at__isnull", True), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False), models.Q(("withdrawn_reason", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="informationgaprecord_is_withdrawn_with_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ref", ""), _negated=True), name="informationgaprecord_has_a_ref"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("let_in_at__isnull", True), ("let_in_by__isnull", True)),
                            models.Q(("held", False), ("let_in_at__isnull", False), ("let_in_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="informationgaprecord_is_let_in_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "not sent"),
                            ("sent", "sent"),
                            ("reminded", "reminded"),
                            ("answered", "answered"),
                            ("closed", "closed"),
                        ],
                        default="draft",
                        max_length=40,
                    ),
                ),
                ("addressee", models.CharField(blank=True, default="", max_length=200)),
                ("channel", models.CharField(blank=True, default="", max_length=200)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("opening", models.CharField(blank=True, default="", max_length=4000)),
                ("questions", models.JSONField(blank=True, default=list)),
                ("closing", models.CharField(blank=True, default="", max_length=4000)),
                ("request_ref", models.CharField(blank=True, default="", max_length=40)),
                ("sent_on", models.DateField(blank=True, null=True)),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=4000)),
                ("version", models.PositiveIntegerField(default=1)),
                ("entered_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="letters", to="assessments.assessment"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["assessment", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("assessment", "number"), name="letters_are_numbered_within_an_assessment"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "sent", "reminded", "answered", "closed"])),
                        name="letter_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "closed"]),
                            models.Q(("sent_on__isnull", False), models.Q(("request_ref", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="a_letter_that_went_out_has_a_day_and_a_request",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Placement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("evidence_ref", models.CharField(max_length=40)),
                ("placed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="placements",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "excerpt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="placements", to="assessments.excerpt"
                    ),
                ),
                (
                    "placed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["excerpt", "placed_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("excerpt", "assessment", "evidence_ref"), name="an_excerpt_is_placed_once_as_an_item"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(max_length=80)),
                ("number", models.PositiveIntegerField()),
                ("file_name", models.CharField(blank=True, default="", max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("found", models.JSONField(blank=True, default=dict)),
                ("at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, default="", max_length=2000)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("name", "number"), name="versions_of_a_template_are_numbered"),
                    models.UniqueConstraint(fields=("name", "digest"), name="a_version_of_a_template_is_new"),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_template_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_reason", "")
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_template_is_withdrawn_by_somebody_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("name", models.CharField(blank=True, default="", max_length=200)),
                ("digest", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned_files",
                        to="assessments.assessment",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "snapshot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned_files",
                        to="assessments.snapshot",
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("redacted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("snapshot", "digest"), name="a_returned_file_is_kept_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("taken_at__isnull", True), ("taken_by__isnull", True)),
                            models.Q(("taken_at__isnull", False), ("taken_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_returned_file_is_taken_over_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReturnedItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("wording", "other words for a sentence"),
                            ("removal", "a sentence to be taken out"),
                            ("moved", "a sentence moved elsewhere"),
                            ("remark", "a remark"),
                            ("point", "other words for a recommendation"),
                            ("added", "text put in that fits no sentence"),
                            ("taken-out", "text taken out that is no sentence"),
                            ("untracked", "text that the approved text does not have, put in without tracking"),
                        ],
                        max_length=40,
                    ),
                ),
                ("sentence", models.UUIDField(blank=True, default=None, null=True)),
                ("code", models.CharField(blank=True, default="", max_length=20)),
                ("text", models.TextField(blank=True, default="")),
                ("quote", models.TextField(blank=True, default="")),
                ("where", models.TextField(blank=True, default="")),
                ("stated_author", models.CharField(blank=True, default="", max_length=200)),
                ("stated_at", models.CharField(blank=True, default="", max_length=40)),
                ("is_tracked", models.BooleanField(default=True)),
                ("digest", models.CharField(max_length=64)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "comment",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.comment",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="assessments.returnedfile"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="assessments.wordingproposal",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["file", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "digest"), name="a_returned_item_is_taken_over_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["wording", "removal", "moved", "remark", "point", "added", "taken-out", "untracked"],
                            )
                        ),
                        name="returned_item_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_returned_item_is_settled_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figures",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_demonstration", models.BooleanField(default=False)),
                ("is_released", models.BooleanField(default=False)),
                ("report_year", models.PositiveSmallIntegerField()),
                (
                    "concern_level",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "concern_low",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "concern_high",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "accountability_level",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "accountability_low",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                (
                    "accountability_high",
                    models.PositiveIntegerField(
                        blank=True,
                        default=None,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(5),
                        ],
                    ),
                ),
                ("category", models.CharField(max_length=80)),
                ("title", models.CharField(blank=True, default="", max_length=400)),
                ("resting_on", models.CharField(blank=True, default="", max_length=40)),
                ("coverage", models.PositiveSmallIntegerField(default=0)),
                ("core_answered", models.PositiveSmallIntegerField(default=0)),
                ("core_expected", models.PositiveSmallIntegerField(default=0)),
                ("tier", models.CharField(blank=True, default="", max_length=3)),
                ("levels", models.CharField(max_length=400)),
                ("confidences", models.CharField(max_length=400)),
                ("parts", models.JSONField(default=dict)),
                ("recommendations", models.JSONField(default=list)),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="assessments.assessment"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.country"
                    ),
                ),
                (
                    "framework",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="frameworks.frameworkversion"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="assessments.revision"
                    ),
                ),
                (
                    "snapshot",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="assessments.snapshot",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["report_year", "is_released"], name="figures_by_year"),
                    models.Index(
                        condition=models.Q(("is_released", True)),
                        fields=[
                            "report_year",
                            "country",
                            "assessment",
                            "framework",
                            "is_demonstration",
                            "concern_level",
                            "accountability_level",
                            "category",
                            "levels",
                            "is_released",
                        ],
                        name="released_figures",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("snapshot__isnull", True)),
                        fields=("revision",),
                        name="one_row_of_working_figures_per_revision",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_released", True)),
                        fields=("country", "report_year"),
                        name="one_row_of_released_figures_per_country_and_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_released", False), ("snapshot__isnull", False), _connector="OR"),
                        name="only_what_is_frozen_is_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(blank=True, default="", max_length=60)),
                ("seen_at", models.DateTimeField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="assessments.assessment"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("assessment", "person"), name="a_person_is_in_one_place")
                ],
            },
        ),
    ]
