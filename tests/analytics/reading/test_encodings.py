import pytest

from analytics.choices import KEEP
from analytics.reading import read
from analytics.reading.encodings import OFFERED, decode

WORDS = {
    "cp1250": "Příliš žluťoučký kůň|Łódź|Gdańsk|Świętokrzyska|Šťastný Novák|Székesfehérvár",
    "cp1251": "Москва|Иванов Пётр|Санкт-Петербург|Новосибирск|Анна Сергеевна",
    "cp1253": "Αθήνα|Θεσσαλονίκη|Παπαδόπουλος|Γιώργος|Ηράκλειο",
    "shift_jis": "東京都|大阪府|田中太郎|さくら|カタカナ|北海道札幌市",
    "gb18030": "北京市|上海|王小明|深圳市南山区|客户",
    "euc_kr": "서울특별시|부산|김철수|이영희|대구광역시",
    "cp1252": "Müller|José|Zoë’s “Café”|Ångström|Straße|€ 12",
    "latin-1": "Müller|José|François|Muñoz|£5|São Paulo",
    "mac-roman": "Müller|José|François|Zoë|Ångström|Straße",
    "cp850": "Müller|José|François|Zoë|Ångström|Straße",
}


def listing(encoding: str) -> str:
    names = WORDS[encoding].split("|") * 8
    return "id,name\n" + "".join(f"{n},{name}\n" for n, name in enumerate(names))


@pytest.mark.parametrize("encoding", WORDS)
def test_an_encoding_is_guessed_by_how_its_words_read(encoding):
    decoded = decode(listing(encoding).encode(encoding))
    assert decoded.encoding == encoding
    assert decoded.utf8.decode() == listing(encoding)
    assert decoded.notes[0].startswith(f"Read as {OFFERED[encoding]}: not UTF-8, and guessed from")


@pytest.mark.parametrize("encoding", OFFERED)
def test_a_guess_can_be_overruled_by_any_encoding(encoding):
    decoded = decode(b"id,name\n1,M\xf6\n", encoding)
    assert (decoded.encoding, decoded.offers[0].chosen) == (encoding, encoding)
    assert decoded.utf8.decode() == b"id,name\n1,M\xf6\n".decode(encoding, "replace")


def test_a_guess_offers_every_encoding_and_itself_first():
    offer = decode(listing("cp1252").encode("cp1252")).offers[0]
    assert [option.value for option in offer.options] == [KEEP, *OFFERED]
    assert OFFERED["cp1252"] in offer.options[0].label


def test_what_is_certain_is_offered_no_choice():
    for content in (listing("cp1252").encode(), listing("cp1252").encode("utf-16")):
        assert decode(content).offers == ()


@pytest.mark.parametrize("broken", [1, 5])
def test_a_few_broken_bytes_leave_the_rest_utf_8(broken):
    content = listing("cp1251").encode() + b"7,\xff\n" * broken
    decoded = decode(content)
    assert decoded.encoding == "utf-8"
    assert decoded.utf8.decode() == content.decode("utf-8", "replace")
    assert "the first in line 42" in decoded.notes[0]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_the_line_of_a_broken_byte_is_right_with_every_line_end(end):
    content = f"id,name{end}1,é{end}2,ü{end}3,ß{end}".encode() + b"4,\xff" + end.encode()
    assert "the first in line 5" in read(content).notes[0]


def test_a_mark_tells_that_the_encoding_has_to_be_kept():
    assert decode("a,ü\n".encode("utf-8-sig")).marked
    assert not decode("a,ü\n".encode()).marked
