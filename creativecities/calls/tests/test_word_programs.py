"""What Word, LibreOffice and others make of a box when they save it: the answer stays whole."""

import pytest
from docx.oxml import parse_xml

from creativecities.calls.formats import word

pytestmark = pytest.mark.apart
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
HEAD = (
    '<w:tr><w:tc><w:p><w:r><w:t>History</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>[[hist</w:t></w:r>'
    '<w:proofErr w:type="spellStart"/><w:r><w:rPr><w:vanish w:val="true"/></w:rPr><w:t>ory/0/3]]</w:t></w:r></w:p>'
    "</w:tc></w:tr>"
)  # fmt: skip


def run(text: str, more: str = "") -> str:
    return f'<w:r>{more}<w:t xml:space="preserve">{text}</w:t></w:r>'


def answer(paragraphs: str, row: str = "{}") -> str:
    """What is read from a box whose cell holds this."""
    cell = row.format(f"<w:tr><w:tc>{paragraphs}</w:tc></w:tr>")
    body = parse_xml(f"<w:body {NAMES}><w:tbl>{HEAD}{cell}</w:tbl></w:body>")
    found = word._returned(body)
    assert found.versions == {("history", 0): 3}
    return found.texts["history", 0]


CASES = {
    "runs split by the spelling check": (
        f'<w:p>{run("La")}<w:proofErr w:type="spellEnd"/>{run("mps")}<w:bookmarkStart w:id="0" w:name="_G"/>'
        f'<w:bookmarkEnd w:id="0"/><w:lastRenderedPageBreak/>{run(" shine")}</w:p>', "Lamps shine",
    ),
    "a smart tag, a link and a content control": (
        f'<w:p><w:smartTag w:element="City">{run("Lampara")}</w:smartTag><w:hyperlink>{run(" and ")}</w:hyperlink>'
        f"<w:sdt><w:sdtContent>{run('its lamps')}</w:sdtContent></w:sdt></w:p>", "Lampara and its lamps",
    ),
    "nested content controls around paragraphs": (
        f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent><w:p>{run('One')}</w:p></w:sdtContent></w:sdt><w:p>{run('Two')}</w:p>"
        "</w:sdtContent></w:sdt>", "One\nTwo",
    ),
    "changes that are tracked": (
        f'<w:p><w:ins w:id="1">{run("New ")}</w:ins><w:del w:id="2"><w:r><w:delText>old </w:delText></w:r></w:del>'
        f"{run('lamps')}</w:p>", "New lamps",
    ),
    "two paragraphs made one in tracked changes": (
        f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("Lamps ")}</w:p><w:p>{run("shine")}</w:p>',
        "Lamps shine",
    ),
    "a list, a soft break and a tab": (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr>{run("One")}</w:p>'
        f"<w:p>{run('Two')}<w:r><w:br/></w:r>{run('still two')}<w:r><w:tab/></w:r>{run('and on')}</w:p>",
        "One\nTwo\nstill two and on",
    ),
    "hyphens that do not break or only may": (
        f"<w:p>{run('know')}<w:r><w:noBreakHyphen/></w:r>{run('how of work')}<w:r><w:softHyphen/></w:r>{run('shops')}"
        "</w:p>", "know‑how of workshops",
    ),
    "a field shows its result": (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run("12")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>',
        "12",
    ),
    "a text box that is there twice, for old programs too": (
        f"<w:p>{run('Lamps')}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>"
        f"<w:p>{run('shine')}</w:p></w:txbxContent></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p>{run('shine')}</w:p></w:txbxContent></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>", "Lamps\nshine",
    ),
    "a reading above the letters": (
        f"<w:p><w:r><w:ruby><w:rt>{run('jing')}</w:rt><w:rubyBase>{run('景')}</w:rubyBase></w:ruby></w:r>{run('德镇')}</w:p>",
        "景德镇",
    ),
    "a table inside the box": (
        f"<w:p>{run('Costs')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('Lamps')}</w:p></w:tc><w:tc><w:p>{run('40000')}</w:p></w:tc>"
        "</w:tr></w:tbl><w:p/>", "Costs\nLamps\n40000",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_an_answer_stays_whole_with(name: str):
    given, expected = CASES[name]
    assert answer(given) == expected


@pytest.mark.parametrize("around", ["<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:customXml>{}</w:customXml>"])
def test_a_row_that_was_wrapped_is_found(around: str):
    assert answer(f"<w:p>{run('Lamps')}</w:p>", around) == "Lamps"
