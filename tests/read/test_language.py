from __future__ import annotations

import socket

import pytest

from inconcert.read import language
from inconcert.read.language import language_of, stated_language

TEXTS = {
    "en": "The Russian envoy met the Taliban leaders in Doha to talk about the border.",
    "ru": "Представитель России встретился с лидерами талибов в Дохе и говорил о границе.",
    "fr": "L’émissaire russe a rencontré les dirigeants talibans à Doha et parlé de la frontière.",
    "zh": "俄罗斯特使在多哈会见了塔利班领导人讨论边界问题并表示愿意继续对话和合作。",
}


@pytest.mark.parametrize("code", TEXTS)
def test_the_language_is_told(code):
    assert language_of(TEXTS[code]) == code


@pytest.mark.parametrize("text", ["Talks in Doha", "15 08 2021 " * 50, ""])
def test_a_text_of_few_letters_has_no_known_language(text):
    assert language_of(text) is None


@pytest.mark.parametrize("text", ["China met the Taliban in Doha.", "Blinken: US to evacuate"])
def test_a_headline_full_of_names_is_not_taken_for_another_language(text):
    assert language_of(text) in (None, "en")


def test_the_network_is_not_touched(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    language._detector.cache_clear()
    assert language_of(TEXTS["ru"]) == "ru"


@pytest.mark.parametrize(
    ("words", "code"),
    [("EN_us", "en"), ("ru", "ru"), ("English", None), ("eng", None), (None, None)],
)
def test_only_a_two_letter_code_is_believed(words, code):
    assert stated_language(words) == code


def test_a_text_in_another_language_is_a_document_all_the_same(read, write):
    assert read(write("a.txt", TEXTS["ru"])).only.language == "ru"


def test_what_the_analyst_says_goes_before_what_the_record_says(read, write):
    place = write("a.jsonl", '{"text": "The envoys met in Doha.", "lang": "fr"}')
    assert read(place).only.language == "fr"
    assert read(place, language="en").only.language == "en"
