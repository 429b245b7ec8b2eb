"""Words of templates: looked up once a language, and never in another reader's."""

import pytest
from django.template import Context, Template
from django.template.base import TemplateSyntaxError
from django.templatetags import i18n
from django.utils import translation

from creativecities.core.templatetags.i18n import Sentence, Words

CODES = ("en", "fr", "es", "ar", "ru", "zh-hans", "en")


def shown(source: str, code: str = "en", **context: object) -> str:
    with translation.override(code):
        return Template("{% load i18n %}" + source).render(Context(context))


def of_django(source: str, code: str, **context: object) -> str:
    """The same by Django's own tags."""
    own = source.replace("blocktranslate", "blocktrans").replace("{% translate", "{% trans")
    return shown(own, code, **context)


COUNTED = (
    "{% blocktranslate trimmed count total=total %}{{ total }} city"
    "{% plural %}{{ total }} cities{% endblocktranslate %}"
)
SOURCES = [
    ('{% translate "Statistics" %}', {}),
    ('{% translate "Statistics" as title %}<b>{{ title }}</b>', {}),
    ('{% translate "No <b>such</b> words, 100%" %}', {}),
    ("{% blocktranslate trimmed with n=distance %}{{ n }} km{% endblocktranslate %}", {"distance": 12}),
    ("{% blocktranslate with name=name %}Remove {{ name }}{% endblocktranslate %}", {"name": "<i>Łódź</i> %(x)s 5 %"}),
    ("{% blocktranslate with a=1.5 asvar it %}a {{ a }} 100%{% endblocktranslate %}[{{ it }}]", {}),
    (COUNTED, {"total": 1}),
    (COUNTED, {"total": 405}),
]


@pytest.mark.parametrize(("source", "context"), SOURCES)
def test_it_says_what_django_says_in_every_language(source, context):
    page = Template("{% load i18n %}" + source)
    for code in CODES:
        with translation.override(code):
            assert page.render(Context(context)) == of_django(source, code, **context)


def test_literal_words_and_complete_sentences_are_looked_up_once():
    page = Template("{% load i18n %}" + "".join(source for source, _context in SOURCES[:5]))
    assert len(page.nodelist.get_nodes_by_type(Words)) == 3
    assert len(page.nodelist.get_nodes_by_type(Sentence)) == 2


@pytest.mark.parametrize(
    "source",
    [
        "{% translate word %}",
        '{% translate "Statistics"|upper %}',
        '{% translate "May" context "month name" %}',
        "{% blocktranslate %}Remove {{ name }}{% endblocktranslate %}",
    ],
)
def test_what_depends_on_more_is_left_to_django(source):
    page = Template("{% load i18n %}" + source)
    assert page.nodelist.get_nodes_by_type((i18n.TranslateNode, i18n.BlockTranslateNode))


def test_a_number_that_is_none_is_refused_as_ever():
    with pytest.raises(TemplateSyntaxError):
        shown("{% blocktranslate count n=n %}one{% plural %}{{ n }}{% endblocktranslate %}", n="x")


def test_marked_words_stay_with_djangos_own_tag():
    assert shown('{% translate _("Statistics") %}', "fr") == "Statistiques"
