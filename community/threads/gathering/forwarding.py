"""An address of a thread whose posts are in another one leads there, for whoever may read that."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from community.core.verdict import Refused
from community.core.web import current_actor
from community.threads import queries as threads_queries
from community.threads.gathering import queries

View = Callable[[UUID], ResponseReturnValue]


def follows_its_posts(view: View) -> View:
    """What was typed on an open page of the old thread goes along (308 keeps a form as it is)."""

    @wraps(view)
    def found(thread_id: UUID) -> ResponseReturnValue:
        try:
            return view(thread_id)
        except Refused:
            into = queries.where_now(thread_id)
            if into is None:
                raise
            threads_queries.thread(current_actor(), into)
            there = url_for(str(request.endpoint), thread_id=into)
            return redirect(there, 308 if request.method == "POST" else 302)

    return found
