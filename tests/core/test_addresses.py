"""Addresses in templates are those that Flask gives."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

IDS = st.uuids()
PLAIN = st.none() | st.integers(0, 99) | st.text(max_size=8)


@pytest.mark.parametrize("endpoint", ["home.topics", "threads.start"])
def test_of_a_page_without_an_id(app: Flask, endpoint: str) -> None:
    with app.test_request_context():
        assert app.jinja_env.globals["url_for"](endpoint) == app.url_for(endpoint)  # type: ignore[operator]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    ids=st.fixed_dictionaries({"thread_id": IDS}, optional={"to": IDS}),
    more=st.fixed_dictionaries(
        {},
        optional={"after": PLAIN, "words": PLAIN, "_anchor": st.sampled_from(["a", "{0}", "%s"])},
    ),
)
def test_whatever_is_put_into_them(app: Flask, ids: dict[str, UUID], more: dict[str, Any]) -> None:
    values = {**ids, **more}
    with app.test_request_context():
        ours: Any = app.jinja_env.globals["url_for"]
        assert ours("threads.show", **values) == app.url_for("threads.show", **values)
        everywhere = app.url_for("threads.show", _external=True, **values)
        assert ours("threads.show", _external=True, **values) == everywhere


def test_the_same_address_is_another_for_another_id(app: Flask) -> None:
    one, other = UUID(int=1), UUID(int=2)  # which stand for ids while a pattern is made
    with app.test_request_context():
        ours: Any = app.jinja_env.globals["url_for"]
        assert ours("threads.show", thread_id=other, to=one) == f"/threads/{other}?to={one}"
        assert ours("threads.show", thread_id=one, to=other) == f"/threads/{one}?to={other}"


def test_in_a_letter_they_begin_with_the_site(app: Flask) -> None:
    with app.app_context():
        ours: Any = app.jinja_env.globals["url_for"]
        assert ours("home.topics") == app.url_for("home.topics")
