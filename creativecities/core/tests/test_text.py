"""Folding of text for search and comparison."""

import subprocess
import sys

import pytest

from creativecities.core.text import fold, fold_han, legible


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Kraków", "krakow"),
        ("Łódź", "lodz"),
        ("Kırşehir", "kirsehir"),
        ("İSTANBUL", "istanbul"),
        ("Şanlıurfa", "sanliurfa"),
        ("Đà Lạt", "da lat"),
        ("Tromsø", "tromso"),
        ("Gießen", "giessen"),
        ("Œuvre d'Ærø", "oeuvre d aero"),
        ("São Paulo", "sao paulo"),
        ("Žilina, Évian", "zilina evian"),
        ("Ηράκλειο", "ηρακλειο"),
        ("ΗΡΆΚΛΕΙΟΣ", "ηρακλειοσ"),
        ("Москва́ и Йошкар-Ола", "москва и иошкар ола"),
        ("ｋｏｂｅ", "kobe"),
        ("Qaraʻ", "qara"),
    ],
)
def test_latin_greek_and_cyrillic_lose_accents(typed, folded):
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الموسيقى", "الموسيقي"),
        ("أسوان", "اسوان"),
        ("إسطنبول", "اسطنبول"),
        ("مدينة", "مدينه"),
        ("مُحَرَّق", "محرق"),
        ("بيـــروت", "بيروت"),
        ("کرمان", "كرمان"),
        ("تبریز", "تبريز"),
    ],
)
def test_arabic_forms_meet(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "variants",
    [
        ("神户", "神戸", "神戶"),
        ("浜松", "濱松", "滨松"),
        ("金沢", "金澤", "金泽"),
        ("広州", "廣州", "广州"),
        ("国際映画", "國際映畫", "国际映画"),
        ("発酵", "發酵", "发酵"),
        ("歴史", "歷史", "历史"),
        ("研究", "硏究"),
        ("郷土料理", "鄉土料理", "乡土料理"),
        ("渋谷", "澀谷", "涩谷"),
    ],
)
def test_han_variants_meet(variants):
    assert len({fold_han(name) for name in variants}) == 1
    assert len({fold(name) for name in variants}) == 1


def test_han_folds_the_same_within_a_word():
    assert fold_han("國際電影節")[2:4] == fold_han("電影")


def test_han_folding_leaves_the_rest():
    assert fold_han("Kobe 神戶 こうべ 고베") == "Kobe 神户 こうべ 고베"


def test_hangul_stays_in_syllables():
    decomposed = "\u110c\u1175\u11ab\u110c\u116e"
    assert fold("진주") == "진주" == fold(decomposed)
    assert len(fold("진주")) == 2


def test_kana_and_vowel_signs_stay():
    assert fold("ガストロノミー") == "ガストロノミー"
    assert fold("ｶﾞ") == "ガ"
    assert fold("कोबे") == "कोबे"
    assert fold("โคเบะ") == "โคเบะ"


def test_punctuation_and_spaces_become_one_space():
    assert fold("  Media —\tArts,\n2025! ") == "media arts 2025"
    assert fold("") == fold(" … ") == ""


def test_digits_of_other_scripts_are_digits():
    assert fold("٢٠٢٥") == fold("२०२५") == "2025"


@pytest.mark.parametrize("text", ["Şanlıurfa", "神戶", "الموسيقى", "İΣß", "Œuvre", "진주", "ﬁlm"])
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_opencc_is_loaded_only_for_han_characters():
    program = (
        "import sys\n"
        "from creativecities.core.text import fold\n"
        "fold('Kraków Đà Lạt 진주 こうべ أسوان')\n"
        "sys.exit('opencc' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("La\u202em\u2066p\u200bs\ufeff\x00", "Lamps"),
        ("a\tb\nc", "a\tb\nc"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🎨", "👩\u200d🎨"),
        ("la\u200dmp", "lamp"),
        ("\u200e\u200f", ""),
        ("one\u2028two\u2029three\x85four\x0cfive", "one\ntwo\nthree\nfour\nfive"),
    ],
)
def test_what_nobody_sees_is_taken_out_and_joiners_stay_where_they_are_needed(typed: str, shown: str):
    assert legible(typed) == shown
