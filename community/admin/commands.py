"""What an admin does from the command line."""

import click
from flask import url_for
from flask.cli import with_appcontext

from community.accounts import actions, queries
from community.accounts.rules import may_be_first_admin
from community.core.db import transaction
from community.core.seal import seal
from community.core.web import ports
from community.moderation.retention import queries as retention_queries
from community.moderation.seals import queries as seal_queries
from community.safety import queries as safety_queries


@click.group()
def admin() -> None:
    """Look after this site."""


@admin.command()
@click.argument("email")
@with_appcontext
def first(email: str) -> None:
    """Print a link, good once and for an hour, that makes EMAIL the first admin."""
    may = may_be_first_admin(len(queries.admins()))
    if may.reason:
        raise click.ClickException(may.reason.text)
    with transaction():
        link_id = actions.write_link(email.lower(), now=ports().clock.now())
    click.echo(
        url_for("accounts.open_first_link", sealed=seal("first-admin", link_id), _external=True)
    )


@admin.command()
@with_appcontext
def unchecked() -> None:
    """Say which countries’ helplines a person has still to check, before a release."""
    left = safety_queries.lines_to_check(ports().clock.now())
    if not left:
        click.echo("Every helpline has been checked in the last 90 days.")
    for slug in left:
        click.echo(
            f"To check, at {url_for('admin.helplines', _anchor=slug, _external=True)}: {slug}"
        )


@admin.command()
@with_appcontext
def verify() -> None:
    """Say whether the record of what moderators did is as it was when it was sealed."""
    found = seal_queries.check()
    if found.broken is not None:
        raise click.ClickException(
            f"Seal {found.broken.number} of {found.broken.sealed_at:%Y-%m-%d %H:%M} UTC is broken: "
            "something under it was changed, removed or put in."
        )
    if found.forgotten is not None:
        click.echo(
            f"The record is kept since {found.forgotten.sealed_at:%Y-%m-%d %H:%M} UTC. What was "
            f"over by then is forgotten, up to seal {found.forgotten.number}: "
            f"{found.forgotten.digest}"
        )
    click.echo(f"All {found.seals} seals are whole. The newest, to keep elsewhere: {found.newest}")


@admin.command()
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@with_appcontext
def forget(dry_run: bool) -> None:
    """Say what the job that forgets would take away now."""
    if not dry_run:
        raise click.UsageError("A job forgets, once a day. With --dry-run you see what it would.")
    due = retention_queries.due(ports().clock.now())
    for count, what in (
        (due.steps, "steps taken for somebody in danger"),
        (due.reports, "reports that lose their words"),
        (due.opinions, "second opinions"),
        (due.events, "acts in the record"),
        (due.decisions, "decisions"),
        (due.items, "reported items, with all that hangs on them"),
    ):
        click.echo(f"{count} {what}")
