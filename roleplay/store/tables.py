"""The tables of the records. Owns names and keys; refuses to know what is written and when."""

from __future__ import annotations

import sqlalchemy as sa

metadata = sa.MetaData()
meta = sa.Table("meta", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text))
packs = sa.Table(
    "packs",
    metadata,
    sa.Column("fingerprint", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
)
sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("started_at", sa.BigInteger, nullable=False),
    sa.Column("scenario", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("mode", sa.Text, nullable=False),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("ended", sa.Integer, nullable=False),
    sa.Column("outcome", sa.Text),
    sa.Column("turns", sa.Integer, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("head", sa.Text, nullable=False),
)
records = sa.Table(
    "records",
    metadata,
    sa.Column("session", sa.Text, sa.ForeignKey("sessions.session"), primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("turn_id", sa.Text),
    sa.Column("public", sa.Text, nullable=False),
    sa.Column("hash", sa.Text, nullable=False),
    sa.UniqueConstraint("session", "turn_id"),
)
private = sa.Table(
    "private",
    metadata,
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("salt", sa.Text, nullable=False),
    sa.Column("text", sa.Text),
)
drafts = sa.Table(
    "drafts",
    metadata,
    sa.Column("session", sa.Text, primary_key=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("saved_at", sa.BigInteger, nullable=False),
)
