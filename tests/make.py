"""Makes people, groups, calls and threads through the house's own actions, with good defaults."""

from tests.making.calls import MakeCalls
from tests.making.people import MakePeople
from tests.making.sanctions import MakeSanctions
from tests.making.threads import MakeThreads


class Make(MakePeople, MakeCalls, MakeThreads, MakeSanctions):
    """`make.member("Ana")`, `make.group(...)`, `make.call(...)`, `make.thread(...)`."""
