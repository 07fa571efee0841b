"""give each receiver a channel of its own"""

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Channels, daily files, reading back, quality notices; messages say how they go."""
    op.create_table('channel',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=8), nullable=False),
    sa.Column('address', sa.String(length=500), nullable=False, comment='URL, e-mail or postal address'),
    sa.Column('person', sa.String(length=200), nullable=False, comment='who answers there, for a mailbox or a letter'),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('asked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', UTCDateTime(), nullable=False),
    sa.Column('settled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_at', UTCDateTime(), nullable=True),
    sa.Column('note', sa.String(length=300), nullable=False, comment='why it was refused or stopped'),
    sa.Column('secret', sa.Text(), nullable=False, comment='signing key, encrypted'),
    sa.Column('former_secret', sa.Text(), nullable=False, comment='until the receiver knows the new one'),
    sa.Column('rotated_at', UTCDateTime(), nullable=True),
    sa.Column('tested_at', UTCDateTime(), nullable=True),
    sa.Column('test_said', sa.Text(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False, comment='in a row'),
    sa.Column('failing_since', UTCDateTime(), nullable=True),
    sa.Column('try_at', UTCDateTime(), nullable=True, comment='not before'),
    sa.Column('last_ok_at', UTCDateTime(), nullable=True),
    sa.Column('last_error', sa.Text(), nullable=False),
    sa.Column('alarmed_at', UTCDateTime(), nullable=True),
    sa.Column('leased_until', UTCDateTime(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False, comment='of the last message put into the feed'),
    sa.Column('compared_at', UTCDateTime(), nullable=True, comment='last reading back'),
    sa.CheckConstraint("kind IN ('webhook', 'feed', 'file', 'mail', 'letter')", name=op.f('ck_channel_kind_known')),
    sa.CheckConstraint("state <> 'active' OR (settled_by IS NOT NULL AND settled_by <> asked_by)", name=op.f('ck_channel_allowed_by_another')),
    sa.CheckConstraint("state IN ('waiting', 'active', 'refused', 'stopped')", name=op.f('ck_channel_state_known')),
    sa.ForeignKeyConstraint(['asked_by'], ['user.id'], name=op.f('fk_channel_asked_by')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_channel_org_id')),
    sa.ForeignKeyConstraint(['settled_by'], ['user.id'], name=op.f('fk_channel_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_channel'))
    )
    with op.batch_alter_table('channel', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_channel_org_id'), ['org_id'], unique=False)
        batch_op.create_index('uq_channel_active', ['org_id'], unique=True, sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'"))
        batch_op.create_index('uq_channel_waiting', ['org_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('daily_file',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False, comment='corrections-YYYYMMDD[-n]'),
    sa.Column('sha256', sa.String(length=64), nullable=False, comment='of the JSON form'),
    sa.Column('messages', sa.Integer(), nullable=False),
    sa.Column('made_at', UTCDateTime(), nullable=False),
    sa.Column('accepted_at', UTCDateTime(), nullable=True),
    sa.Column('accepted_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['accepted_by'], ['user.id'], name=op.f('fk_daily_file_accepted_by')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_daily_file_org_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_daily_file')),
    sa.UniqueConstraint('org_id', 'name', name=op.f('uq_daily_file_org_id_name'))
    )
    op.create_table('reconciliation',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', UTCDateTime(), nullable=False),
    sa.Column('how', sa.String(length=8), nullable=False, comment='read: we read it back; told: the receiver sent its list'),
    sa.Column('listed', sa.Integer(), nullable=False),
    sa.Column('compared', sa.Integer(), nullable=False),
    sa.Column('found', sa.Integer(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_reconciliation_org_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reconciliation'))
    )
    with op.batch_alter_table('reconciliation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reconciliation_org_id'), ['org_id'], unique=False)

    op.create_table('quality_notice',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('decision_item_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='source department'),
    sa.Column('cause', sa.String(length=8), nullable=False, comment='code of standards/causes.py, as the decision suggests it'),
    sa.Column('created_at', UTCDateTime(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False, comment='open, answered'),
    sa.Column('found_cause', sa.String(length=8), nullable=False, comment='as the source found it'),
    sa.Column('measure', sa.String(length=10), nullable=False, comment='corrected, measure, disagree'),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('answered_at', UTCDateTime(), nullable=True),
    sa.Column('warned_at', UTCDateTime(), nullable=True, comment='yellow light told'),
    sa.Column('urged_at', UTCDateTime(), nullable=True, comment='red light told'),
    sa.CheckConstraint("(state = 'answered') = (answered_by IS NOT NULL)", name=op.f('ck_quality_notice_answered_by_somebody')),
    sa.ForeignKeyConstraint(['answered_by'], ['user.id'], name=op.f('fk_quality_notice_answered_by')),
    sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_quality_notice_case_id')),
    sa.ForeignKeyConstraint(['decision_item_id'], ['decision_item.id'], name=op.f('fk_quality_notice_decision_item_id')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_quality_notice_org_id')),
    sa.ForeignKeyConstraint(['record_id'], ['credit_record.id'], name=op.f('fk_quality_notice_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quality_notice')),
    sa.UniqueConstraint('decision_item_id', name=op.f('uq_quality_notice_decision_item_id'))
    )
    with op.batch_alter_table('quality_notice', schema=None) as batch_op:
        batch_op.create_index('ix_quality_notice_org_state', ['org_id', 'state'], unique=False)

    op.create_table('difference',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('reconciliation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False, comment='public id as the receiver gives it'),
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='last told'),
    sa.Column('kind', sa.String(length=8), nullable=False, comment='missing, differs, unknown, stale'),
    sa.Column('ours', sa.JSON(), nullable=False),
    sa.Column('theirs', sa.JSON(), nullable=False),
    sa.Column('found_at', UTCDateTime(), nullable=False),
    sa.Column('seen_at', UTCDateTime(), nullable=False, comment='last time it was there'),
    sa.Column('resent_at', UTCDateTime(), nullable=True),
    sa.Column('settled_at', UTCDateTime(), nullable=True),
    sa.Column('settled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='empty: gone by itself'),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['message_id'], ['correction_message.id'], name=op.f('fk_difference_message_id')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_difference_org_id')),
    sa.ForeignKeyConstraint(['reconciliation_id'], ['reconciliation.id'], name=op.f('fk_difference_reconciliation_id')),
    sa.ForeignKeyConstraint(['settled_by'], ['user.id'], name=op.f('fk_difference_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_difference'))
    )
    with op.batch_alter_table('difference', schema=None) as batch_op:
        batch_op.create_index('uq_difference_open', ['org_id', 'record'], unique=True, sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))

    with op.batch_alter_table('correction_message', schema=None) as batch_op:
        batch_op.add_column(sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='a move without a decision'))
        batch_op.add_column(sa.Column('answered_as', sa.String(length=200), nullable=False, server_default='', comment='name of who answered without an account'))
        batch_op.add_column(sa.Column('tries', sa.Integer(), nullable=False, server_default='0', comment='answers that could not be taken for an answer'))
        batch_op.add_column(sa.Column('try_at', UTCDateTime(), nullable=True, comment='not before'))
        batch_op.add_column(sa.Column('dead_at', UTCDateTime(), nullable=True, comment='given up; waits for a person'))
        batch_op.add_column(sa.Column('error', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('position', sa.Integer(), nullable=True, comment="place in the receiver's feed"))
        batch_op.add_column(sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('link', sa.String(length=64), nullable=True, comment='digest of the code mailed to a person'))
        batch_op.add_column(sa.Column('slip_on', sa.Date(), nullable=True, comment='day on the return slip of a paper letter'))
        batch_op.alter_column('decision_id',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.create_check_constraint(batch_op.f('ck_correction_message_by_decision_or_event'), '(decision_id IS NULL) <> (event_id IS NULL)')
        batch_op.create_index('ix_correction_message_due', ['org_id', 'state', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_correction_message_file_id'), ['file_id'], unique=False)
        batch_op.create_index('ix_correction_message_position', ['org_id', 'position'], unique=False)
        batch_op.create_unique_constraint(batch_op.f('uq_correction_message_link'), ['link'])
        batch_op.create_unique_constraint(batch_op.f('uq_correction_message_org_id_record_id_event_id'), ['org_id', 'record_id', 'event_id'])
        batch_op.create_foreign_key(batch_op.f('fk_correction_message_file_id'), 'daily_file', ['file_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_correction_message_event_id'), 'record_event', ['event_id'], ['id'])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('correction_message', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_correction_message_by_decision_or_event'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_correction_message_event_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_correction_message_file_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('uq_correction_message_org_id_record_id_event_id'), type_='unique')
        batch_op.drop_constraint(batch_op.f('uq_correction_message_link'), type_='unique')
        batch_op.drop_index('ix_correction_message_position')
        batch_op.drop_index(batch_op.f('ix_correction_message_file_id'))
        batch_op.drop_index('ix_correction_message_due')
        batch_op.alter_column('decision_id',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.drop_column('slip_on')
        batch_op.drop_column('link')
        batch_op.drop_column('file_id')
        batch_op.drop_column('position')
        batch_op.drop_column('error')
        batch_op.drop_column('dead_at')
        batch_op.drop_column('try_at')
        batch_op.drop_column('tries')
        batch_op.drop_column('answered_as')
        batch_op.drop_column('event_id')

    with op.batch_alter_table('difference', schema=None) as batch_op:
        batch_op.drop_index('uq_difference_open', sqlite_where=sa.text('settled_at IS NULL'), postgresql_where=sa.text('settled_at IS NULL'))

    op.drop_table('difference')
    with op.batch_alter_table('quality_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_quality_notice_org_state')

    op.drop_table('quality_notice')
    with op.batch_alter_table('reconciliation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reconciliation_org_id'))

    op.drop_table('reconciliation')
    op.drop_table('daily_file')
    with op.batch_alter_table('channel', schema=None) as batch_op:
        batch_op.drop_index('uq_channel_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('uq_channel_active', sqlite_where=sa.text("state = 'active'"), postgresql_where=sa.text("state = 'active'"))
        batch_op.drop_index(batch_op.f('ix_channel_org_id'))

    op.drop_table('channel')
