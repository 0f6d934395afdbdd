"""The unified social credit code: what is right, and what is wrong said in Chinese."""

from itertools import product

import pytest
from stdnum.cn import uscc

from suzhou_portal import credit_code

VALID = ["91350100M000100Y43", "52620902MJX000018H"]


@pytest.mark.parametrize("code", VALID)
def test_valid(code):
    assert credit_code.problem(code) is None
    assert credit_code.complete(code[:17]) == code


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("", "应为18位"),
        ("91350100M000100Y4", "应为18位"),
        ("91350100M000100Y433", "应为18位"),
        ("91350100M000100O43", "不用I、O、S、V、Z"),
        ("91350100M00010社Y43", "不用I、O、S、V、Z"),
        ("91A50100M000100Y43", "不用I、O、S、V、Z"),
        ("91350100M000100Y44", "校验位不对"),
        ("91350100M000101Y43", "校验位不对"),
    ],
)
def test_each_problem(code, message):
    assert message in credit_code.problem(code)


def test_one_wrong_character_is_always_found():
    alphabet = uscc._alphabet
    for code, place in product(VALID, range(8, 18)):
        other = alphabet[(alphabet.index(code[place]) + 1) % len(alphabet)]
        assert credit_code.problem(code[:place] + other + code[place + 1 :]), (code, place)
