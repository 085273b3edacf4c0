"""What can be found: entries, and the index of their words.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    on_postgresql = op.get_bind().dialect.name == "postgresql"
    op.create_table(
        "search_entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("committee_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("remark", sa.String(500), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_entry"),
    )
    op.create_table(
        "search_edition",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_edition"),
        sqlite_autoincrement=True,
    )
    if on_postgresql:
        op.execute("ALTER TABLE search_entry ADD COLUMN words tsvector NOT NULL, ADD COLUMN signs tsvector NOT NULL")
        # Phrases are looked up in the rows: all but the longest texts stay in them, not packed.
        op.execute("ALTER TABLE search_entry ALTER COLUMN words SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE search_entry SET (toast_tuple_target = 8160)")
        # Nothing waits in a list that every search would have to read through.
        op.execute("CREATE INDEX search_words ON search_entry USING gin (words, signs) WITH (fastupdate = off)")
    else:
        # "ascii" takes every character beyond ASCII as one of a word: tokens come ready made, and unicode61 drops
        # characters that are younger than it is.
        op.execute(
            "CREATE VIRTUAL TABLE search_index USING fts5"
            "(words, marks, content = '', columnsize = 0, tokenize = 'ascii')"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name != "postgresql":
        op.execute("DROP TABLE search_index")
    op.drop_table("search_edition")
    op.drop_table("search_entry")
