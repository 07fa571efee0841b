"""keep orders on records, proof of removal and statements"""

import sqlalchemy as sa
from alembic import op

from models.base import UTCDateTime

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Orders with three people, what was looked at after a removal, statements; a block may rest on an order."""
    op.create_table('record_order',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('step', sa.String(length=24), nullable=False, comment='of the publication life-cycle, domain.md §9.4'),
    sa.Column('state', sa.String(length=16), nullable=False, comment='moved by services.recordorders along workflow.ordering'),
    sa.Column('last_step', sa.String(length=24), nullable=False),
    sa.Column('org_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False, comment='organisation that proposes'),
    sa.Column('version', sa.Integer(), nullable=False, comment='of the record when it was proposed; another one stops the order'),
    sa.Column('organ', sa.String(length=200), nullable=False, comment='court or organ whose act is behind it'),
    sa.Column('doc_no', sa.String(length=128), nullable=False, comment='number of that act'),
    sa.Column('doc_date', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False, comment='public where the record is withdrawn'),
    sa.Column('changes', sa.JSON(), nullable=False, comment='field: new value, for a correction by the source'),
    sa.Column('filename', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False, comment='scan of the act'),
    sa.Column('due_on', sa.Date(), nullable=True, comment='last day to carry it out'),
    sa.Column('proposed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('proposed_at', UTCDateTime(), nullable=False),
    sa.Column('approved_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('approved_at', UTCDateTime(), nullable=True),
    sa.Column('carried_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('carried_at', UTCDateTime(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False, comment='why it came back'),
    sa.CheckConstraint("(state = 'carried_out') = (carried_by IS NOT NULL)", name=op.f('ck_record_order_carried_out_by_somebody')),
    sa.CheckConstraint('approved_by <> proposed_by', name=op.f('ck_record_order_approved_by_another')),
    sa.CheckConstraint('carried_by <> proposed_by AND carried_by <> approved_by', name=op.f('ck_record_order_carried_out_by_a_third')),
    sa.ForeignKeyConstraint(['approved_by'], ['user.id'], name=op.f('fk_record_order_approved_by')),
    sa.ForeignKeyConstraint(['carried_by'], ['user.id'], name=op.f('fk_record_order_carried_by')),
    sa.ForeignKeyConstraint(['org_id'], ['org.id'], name=op.f('fk_record_order_org_id')),
    sa.ForeignKeyConstraint(['proposed_by'], ['user.id'], name=op.f('fk_record_order_proposed_by')),
    sa.ForeignKeyConstraint(['record_id'], ['credit_record.id'], name=op.f('fk_record_order_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_order'))
    )
    with op.batch_alter_table('record_order', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_order_org_id'), ['org_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_record_order_record_id'), ['record_id'], unique=False)
        batch_op.create_index('uq_record_order_open', ['record_id'], unique=True, sqlite_where=sa.text("state IN ('proposed', 'approved')"), postgresql_where=sa.text("state IN ('proposed', 'approved')"))

    op.create_table('record_statement',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('disagrees', sa.Boolean(), nullable=False, comment='with the outcome of the objection'),
    sa.Column('state', sa.String(length=12), nullable=False, comment='waiting, shown, refused, replaced, taken_back'),
    sa.Column('filed_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('filed_at', UTCDateTime(), nullable=False),
    sa.Column('settled_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('settled_at', UTCDateTime(), nullable=True),
    sa.Column('remark', sa.Text(), nullable=False, comment='why it is not shown'),
    sa.CheckConstraint("state <> 'shown' OR settled_by IS NOT NULL", name=op.f('ck_record_statement_shown_after_a_look')),
    sa.CheckConstraint('settled_by <> filed_by', name=op.f('ck_record_statement_settled_by_another')),
    sa.ForeignKeyConstraint(['filed_by'], ['user.id'], name=op.f('fk_record_statement_filed_by')),
    sa.ForeignKeyConstraint(['record_id'], ['credit_record.id'], name=op.f('fk_record_statement_record_id')),
    sa.ForeignKeyConstraint(['settled_by'], ['user.id'], name=op.f('fk_record_statement_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_record_statement'))
    )
    with op.batch_alter_table('record_statement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_record_statement_record_id'), ['record_id'], unique=False)
        batch_op.create_index('uq_record_statement_shown', ['record_id'], unique=True, sqlite_where=sa.text("state = 'shown'"), postgresql_where=sa.text("state = 'shown'"))
        batch_op.create_index('uq_record_statement_waiting', ['record_id'], unique=True, sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))

    op.create_table('removal_proof',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('record_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('removed_at', UTCDateTime(), nullable=False),
    sa.Column('checked_at', UTCDateTime(), nullable=False),
    sa.Column('surfaces', sa.JSON(), nullable=False, comment='[{surface, address, status, found}]'),
    sa.Column('found', sa.Integer(), nullable=False, comment='surfaces that still showed it; 0 proves the removal'),
    sa.Column('hash', sa.String(length=64), nullable=False, comment='SHA-256 of surfaces as canonical JSON'),
    sa.ForeignKeyConstraint(['event_id'], ['record_event.id'], name=op.f('fk_removal_proof_event_id')),
    sa.ForeignKeyConstraint(['record_id'], ['credit_record.id'], name=op.f('fk_removal_proof_record_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_removal_proof')),
    sa.UniqueConstraint('event_id', 'checked_at', name=op.f('uq_removal_proof_event_id_checked_at'))
    )
    with op.batch_alter_table('removal_proof', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_removal_proof_record_id'), ['record_id'], unique=False)

    with op.batch_alter_table('decision_item', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_item_record_id'), ['record_id'], unique=False)

    with op.batch_alter_table('fingerprint_block', schema=None) as batch_op:
        batch_op.add_column(sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.alter_column('decision_id',
               existing_type=sa.BIGINT(),
               nullable=True)
        batch_op.create_foreign_key(batch_op.f('fk_fingerprint_block_order_id'), 'record_order', ['order_id'], ['id'])
        batch_op.create_check_constraint(batch_op.f('ck_fingerprint_block_by_decision_or_order'),
                                         '(decision_id IS NULL) <> (order_id IS NULL)')

    with op.batch_alter_table('record_event', schema=None) as batch_op:
        batch_op.add_column(sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_record_event_order_id'), 'record_order', ['order_id'], ['id'])

    with op.batch_alter_table('record_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('order_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True, comment='order of its source'))
        batch_op.create_foreign_key(batch_op.f('fk_record_version_order_id'), 'record_order', ['order_id'], ['id'])


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table('record_version', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_record_version_order_id'), type_='foreignkey')
        batch_op.drop_column('order_id')

    with op.batch_alter_table('record_event', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_record_event_order_id'), type_='foreignkey')
        batch_op.drop_column('order_id')

    with op.batch_alter_table('fingerprint_block', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_fingerprint_block_by_decision_or_order'), type_='check')
        batch_op.drop_constraint(batch_op.f('fk_fingerprint_block_order_id'), type_='foreignkey')
        batch_op.alter_column('decision_id',
               existing_type=sa.BIGINT(),
               nullable=False)
        batch_op.drop_column('order_id')

    with op.batch_alter_table('decision_item', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_item_record_id'))

    with op.batch_alter_table('removal_proof', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_removal_proof_record_id'))

    op.drop_table('removal_proof')
    with op.batch_alter_table('record_statement', schema=None) as batch_op:
        batch_op.drop_index('uq_record_statement_waiting', sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'"))
        batch_op.drop_index('uq_record_statement_shown', sqlite_where=sa.text("state = 'shown'"), postgresql_where=sa.text("state = 'shown'"))
        batch_op.drop_index(batch_op.f('ix_record_statement_record_id'))

    op.drop_table('record_statement')
    with op.batch_alter_table('record_order', schema=None) as batch_op:
        batch_op.drop_index('uq_record_order_open', sqlite_where=sa.text("state IN ('proposed', 'approved')"), postgresql_where=sa.text("state IN ('proposed', 'approved')"))
        batch_op.drop_index(batch_op.f('ix_record_order_record_id'))
        batch_op.drop_index(batch_op.f('ix_record_order_org_id'))

    op.drop_table('record_order')
