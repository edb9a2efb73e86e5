"""A threat to somebody: a safety lead writes down whether the police were told."""

import pytest
from sqlalchemy import select

from community.core.actor import Staff
from community.core.db import db
from community.moderation.models import AuditEvent, ReviewItem
from tests.live.circle import ClientFor
from tests.make import Make
from tests.pages import plain, send
from tests.threads.conftest import Cast

ASKED = "Were the police told?"


def acts(make: Make) -> list[str]:
    with make.app.app_context():
        written = select(AuditEvent.action).order_by(AuditEvent.id)
        return [each for each in db.session.scalars(written) if each.startswith("police")]


@pytest.fixture
def page(make: Make, cast: Cast, reply_id) -> str:
    return f"/moderation/{make.report(reply_id, cast.ben, 'threat_other')}"


@pytest.mark.holds("moderation:12")
def test_a_lead_writes_it_down_once_and_it_stays_in_the_record(
    make: Make, cast: Cast, client_for: ClientFor, page: str
) -> None:
    lea, pat = client_for(make.staff("Lea", Staff.SAFETY_LEAD)), client_for(cast.pat)
    assert "A safety lead answers this." in plain(pat.get(page))
    assert "There’s no duty to tell them" in plain(lea.get(page))
    assert send(lea, page, f"{page}/police", step="police-no-duty").location == page
    assert send(lea, page, f"{page}/police", step="police-no-duty").status_code == 409
    seen = plain(pat.get(page))
    assert "No duty to tell the police, " in seen
    assert "We told the police" not in seen
    send(lea, page, f"{page}/police", step="police-told")
    assert acts(make) == ["police-no-duty", "police-told"]
    assert ASKED in plain(lea.get(page))
    with make.app.app_context():
        assert db.session.scalars(select(ReviewItem.closed_at)).one() is None


@pytest.mark.holds("moderation:24")
def test_nobody_else_does(make: Make, cast: Cast, client_for: ClientFor, page: str) -> None:
    lea = client_for(make.staff("Lea", Staff.SAFETY_LEAD))
    for who, status in ((cast.pat, 403), (cast.mori, 404), (cast.ana, 404), (cast.ben, 404)):
        answer = send(client_for(who), "/groups", f"{page}/police", step="police-told")
        assert answer.status_code == status
    assert send(lea, page, f"{page}/police", step="else").status_code == 404
    assert lea.get(f"{page}/police").status_code == 405
    assert acts(make) == []


def test_of_nothing_else_it_is_asked(
    make: Make, cast: Cast, client_for: ClientFor, reply_id
) -> None:
    lea = client_for(make.staff("Lea", Staff.SAFETY_LEAD))
    page = f"/moderation/{make.report(reply_id, cast.ben, 'illegal')}"
    assert ASKED not in plain(lea.get(page))
    assert send(lea, page, f"{page}/police", step="police-told").status_code == 409
