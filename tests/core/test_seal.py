"""Sealed ids: only this site writes them, each for one purpose."""

from uuid import UUID, uuid4

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from community.core.seal import seal, seal_facts, unseal, unseal_facts
from community.core.verdict import NOT_FOUND, Refused

AN_ID = UUID("01a1fb96-0ba4-7084-8d91-09aa85de15cb")

pytestmark = pytest.mark.usefixtures("inside")


def is_refused(purpose: str, sealed: str) -> bool:
    try:
        unseal(purpose, sealed)
    except Refused as refused:
        return refused.reason is NOT_FOUND
    return False


def test_a_seal_opens_to_what_was_sealed() -> None:
    for value in (AN_ID, uuid4(), UUID(int=0)):
        assert unseal("sign-in", seal("sign-in", value)) == value


def test_a_seal_for_one_purpose_opens_nothing_else() -> None:
    assert is_refused("first-admin", seal("sign-in", AN_ID))


def test_a_seal_shows_no_id_as_it_stands_in_pages() -> None:
    assert str(AN_ID) not in seal("sign-in", AN_ID)


@pytest.mark.parametrize(
    "made_up", ["", ".", "x", AN_ID.hex, str(AN_ID), "a.b", "Ω", "\0", "a" * 9000, "../../etc"]
)
def test_what_we_did_not_write_is_not_found(made_up: str) -> None:
    assert is_refused("sign-in", made_up)


def test_a_seal_of_another_site_is_not_found() -> None:
    theirs = URLSafeSerializer("another secret", salt="seal:sign-in").dumps(AN_ID.hex)
    assert is_refused("sign-in", theirs)


def test_a_signature_of_ours_on_something_that_is_no_id_is_not_found(app: Flask) -> None:
    ours = URLSafeSerializer(app.config["SECRET_KEY"], salt="seal:sign-in")
    for value in ("", "words", AN_ID.hex + "0"):
        assert is_refused("sign-in", ours.dumps(value)), value


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(min_value=0), letter=st.sampled_from("aZ0-_."))
def test_a_seal_with_one_letter_changed_is_not_found(place: int, letter: str) -> None:
    sealed = seal("sign-in", AN_ID)
    place %= len(sealed) - 1  # the last letter of base64 has bits that say nothing
    changed = sealed[:place] + letter + sealed[place + 1 :]
    assert changed == sealed or is_refused("sign-in", changed)


def test_facts_come_back_as_they_were_sealed_and_for_their_purpose_only() -> None:
    facts = {"room": {"version": 3, "people": ["Ana"]}, "said": []}
    sealed = seal_facts("rehearsal:1", facts)
    assert unseal_facts("rehearsal:1", sealed) == facts
    assert unseal_facts("rehearsal:2", sealed) is None


@pytest.mark.parametrize("forged", ["", "nonsense", "e30.xxxx", "."])
def test_facts_that_we_did_not_seal_are_none(forged: str) -> None:
    assert unseal_facts("rehearsal:1", forged) is None
