"""A message holds no token: it knows its address, and the token is made when it is handed over."""

import re

import sqlalchemy as sa
from alembic import op

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

TOKEN = re.compile(r'(?<=/calendar/reply/)[\w-]{43}(?![\w-])', re.ASCII)
MARK = '~token~'
MESSAGE = sa.table(
    'message',
    *map(sa.column, ('id', 'key', 'text', 'status', 'reason', 'link_id')),
)
LINK = sa.table('link', sa.column('id'))


def upgrade():
    # The copy that SQLite needs loses nothing: nothing hangs at this table.
    with op.batch_alter_table('message', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('link_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f('fk_message_link_id_link'), 'link', ['link_id'], ['id'])
    connection = op.get_bind()
    links = set(connection.execute(sa.select(LINK.c.id)).scalars())
    rows = connection.execute(
        sa.select(MESSAGE.c.id, MESSAGE.c.key, MESSAGE.c.text).where(MESSAGE.c.key.startswith('invitation:'))
    ).all()
    for id_, key, text in rows:
        number = key.partition(':')[2]
        link = int(number) if number.isdigit() and int(number) in links else None
        connection.execute(
            MESSAGE.update().where(MESSAGE.c.id == id_).values(text=TOKEN.sub(MARK, text), link_id=link)
        )


def downgrade():
    connection = op.get_bind()
    # An earlier version cannot make the tokens that these wait for; the notice in the inbox stays.
    connection.execute(
        MESSAGE.update()
        .where(MESSAGE.c.link_id.is_not(None), MESSAGE.c.status == 'waiting')
        .values(status='failed', reason='地址已清除，请重新发送邀请')
    )
    with op.batch_alter_table('message', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.drop_constraint(op.f('fk_message_link_id_link'), type_='foreignkey')
        batch_op.drop_column('link_id')
