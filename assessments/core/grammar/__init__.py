"""Grammar: everything a sentence needs and no pattern should care for.

Numbers, ordinals, plurals, articles, verb forms, lists, dates, money, terms of prison, spacing and punctuation
(narrative-style.md 9). Pure functions on texts; nothing here knows what a record is about.
"""

from assessments.core.grammar.dates import date_phrase, date_words, month_and_year, year_of
from assessments.core.grammar.lists import join
from assessments.core.grammar.money import money
from assessments.core.grammar.nouns import article, definite, head_noun, is_office, plural, possessive, shared_noun
from assessments.core.grammar.numbers import count_words, figures, number, number_range, ordinal, spelled
from assessments.core.grammar.text import clean, finish_sentence
from assessments.core.grammar.verbs import base_of_past, gerund_of_past, participle_of_past, past_of_gerund

__all__ = [
    "article",
    "base_of_past",
    "clean",
    "count_words",
    "date_phrase",
    "date_words",
    "definite",
    "figures",
    "finish_sentence",
    "gerund_of_past",
    "head_noun",
    "is_office",
    "join",
    "money",
    "month_and_year",
    "number",
    "number_range",
    "ordinal",
    "participle_of_past",
    "past_of_gerund",
    "plural",
    "possessive",
    "shared_noun",
    "spelled",
    "year_of",
]
