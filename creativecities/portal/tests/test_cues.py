"""Countries, parts of the world and fields are known by name and by adjective, in the languages people ask in."""

import pytest

from creativecities.portal.queries import cues
from creativecities.search.compute.cues import spoken, written

pytestmark = pytest.mark.django_db

NAMED = {
    "KR": "Korean pots|poterie coréenne|ciudades coreanas|مدن كورية|корейских городов|韩国电影|한국 영화|"
    "韓国の映画|olaria coreana|koreanische Töpfer|कोरियाई शहर",
    "PT": "Portuguese tiles|carreaux portugais|cerámica portuguesa|خزف برتغالي|португальские города|葡萄牙陶器|"
    "포르투갈의 도시|ポルトガルの町|azulejos portugueses|portugiesische Städte|पुर्तगाली शहर",
    "NL": "Dutch writers|écrivains néerlandais|autores neerlandeses|niederländische Dichter",
    "GB": "Scottish music|musique écossaise|британские города|영국 음악",
    "TG": "Togolese weaving|tissage togolais",
    "VN": "Vietnamese lamps|lanternes vietnamiennes",
}
NOT_NAMED = ("indie music", "an island of clay", "máscara na dança", "hoja de oro", "スタイルとタイル")


@pytest.mark.usefixtures("reference_data")
def test_countries_are_known_in_every_language():
    known = written(cues.cues())
    asked = {(code, question) for code, each in NAMED.items() for question in each.split("|")}
    missed = {pair for pair in asked if pair[0] not in spoken(pair[1], known).get("country", ())}
    assert missed == set()
    assert {question: found for question in NOT_NAMED if (found := spoken(question, known).get("country"))} == {}


@pytest.mark.usefixtures("reference_data")
def test_parts_of_the_world_and_fields_are_known():
    known = written(cues.cues())
    west = spoken("Feiras de artesanato na África Ocidental; craft fairs in West Africa", known)
    assert set(west["field"]) == {"crafts-and-folk-art"}
    assert {"BF", "SN"} <= set(west["country"])
    assert set(spoken("арабские страны", known)["region"]) == {"arab-states"}
    assert set(spoken("東南アジア", known)["country"]) >= {"TH", "VN"}


def test_every_further_word_is_for_a_facet_that_counts():
    assert {facet for facet, _values, _words in cues._further()} <= set(cues.WEIGHTS)
