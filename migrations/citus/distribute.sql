-- Spreads the tables over machines with Citus. Run once by hand, on the
-- coordinator, after the migrations and before the first record:
--     psql "$DATABASE" -f migrations/citus/distribute.sql
-- The program itself needs no change and does not know.

-- Small, and read beside everything: a copy on every machine.
SELECT create_reference_table('follower');
SELECT create_reference_table('federation_document');

-- By log: the head, the entries and the tiles of one log stand together, so a
-- batch commits its head on one machine.
SELECT create_distributed_table('log', 'origin');
SELECT create_distributed_table('log_head', 'origin', colocate_with => 'log');
SELECT create_distributed_table('entry', 'origin', colocate_with => 'log');
SELECT create_distributed_table('tile', 'origin', colocate_with => 'log');
SELECT create_distributed_table('followed', 'origin', colocate_with => 'log');
SELECT create_distributed_table('missing_body', 'origin', colocate_with => 'log');
SELECT create_distributed_table('cosignature', 'origin', colocate_with => 'log');
SELECT create_distributed_table('cosigned', 'origin', colocate_with => 'log');
SELECT create_distributed_table('fork_evidence', 'origin', colocate_with => 'log');

-- By key, so that the largest log alone can spread.
SELECT create_distributed_table('record', 'digest');
SELECT create_distributed_table('invalid_record', 'digest', colocate_with => 'record');
SELECT create_distributed_table('withheld', 'digest', colocate_with => 'record');
SELECT create_distributed_table('identifier', 'value', colocate_with => 'none');
SELECT create_distributed_table('subject_event', 'id', colocate_with => 'none');
SELECT create_distributed_table('record_reference', 'target', colocate_with => 'none');
