"""What the letters of groups say, and what their subjects don’t."""

from uuid import uuid4

import pytest

from community.core import post
from community.core.db import transaction
from community.groups.rules import GroupDeclined, GroupOpened, JoiningApproved, JoiningRefused
from community.notifications.actions import tell
from tests.letters import words

GROUP = uuid4()


@pytest.mark.holds("promise:10")
@pytest.mark.parametrize(
    ("letter", "link"),
    [
        (GroupOpened(GROUP, "Neck & jaw", "Lovely idea."), True),
        (GroupDeclined("Neck & jaw", "Lovely idea."), False),
        (JoiningApproved(GROUP, "Neck & jaw", "Lovely idea."), True),
        (JoiningRefused("Neck & jaw", "Lovely idea."), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_letter_says_what_was_decided_and_its_subject_tells_nobody(
    make, clock, mail, inside, letter, link: bool
) -> None:
    ana = make.member("Ana")
    with transaction():
        tell(ana.id, letter, now=clock.now())
    post.post(clock.now())
    (sent,) = mail.kept
    assert sent["To"] == "ana@example.org"
    assert sent["Subject"].startswith("Circles: ")
    assert "Neck" not in sent["Subject"]
    body = words(sent)
    assert "Neck & jaw" in body
    assert "Lovely idea." in body
    assert (f"http://localhost/groups/{GROUP}" in body) is link
