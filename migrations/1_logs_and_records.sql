-- The first schema: logs, their trees, and the records that stand in them.
--
-- One text for SQLite and PostgreSQL: only text, bigint and bytea; natural keys;
-- no sequences, triggers, foreign keys or engine functions. Times are whole UTC
-- seconds. Each big table can be spread over machines by the first column of its
-- primary key (see citus/distribute.sql). Never edited after a release: later
-- changes are later files, first expanding, then contracting.

-- One row for every log this node writes. Whoever can roll this row back can make
-- the log sign a split view.
CREATE TABLE log (
    origin       text   NOT NULL PRIMARY KEY, -- first line of its checkpoints: <host>/log/<name>
    vkey         text   NOT NULL,             -- verifier key of the log, as in C2SP signed-note
    size         bigint NOT NULL,             -- number of entries of the newest head
    root         bytea  NOT NULL,             -- Merkle root of those entries, 32 bytes
    note         bytea  NOT NULL,             -- the signed checkpoint of that head, as served
    updated_at   bigint NOT NULL,             -- when the head was written
    lease_holder text,                        -- the one process that may append; null: none
    lease_until  bigint NOT NULL              -- from this second another process may take over
);

-- Every own head ever signed, also those of an unchanged size signed again.
CREATE TABLE log_head (
    origin    text   NOT NULL, -- the log
    size      bigint NOT NULL, -- entries it covers: positions 0 to size - 1
    signed_at bigint NOT NULL, -- when it was written
    note      bytea  NOT NULL, -- the signed checkpoint
    PRIMARY KEY (origin, size, signed_at)
);

-- The entries of each log, in order, without gaps.
CREATE TABLE entry (
    origin   text   NOT NULL, -- the log
    position bigint NOT NULL, -- log index, from 0
    leaf     bytea  NOT NULL, -- SHA-256(0x00 || entry), 32 bytes
    digest   bytea,           -- record digest; null: an anchor, a closing or an unknown form
    bytes    bytea  NOT NULL, -- the entry itself, as it stands in its bundle
    PRIMARY KEY (origin, position)
);

-- A record is logged once in a log; where it stands is asked by its digest.
CREATE UNIQUE INDEX entry_by_digest ON entry (digest, origin);

-- Tiles of the Merkle tree (C2SP tlog-tiles), replaced as they fill.
CREATE TABLE tile (
    origin   text   NOT NULL, -- the log
    level    bigint NOT NULL, -- 0: leaves
    position bigint NOT NULL, -- N of /tile/<L>/<N>
    hashes   bytea  NOT NULL, -- 1 to 256 hashes of 32 bytes, left to right
    PRIMARY KEY (origin, level, position)
);

-- The records themselves. Nothing in a row changes; a body may be taken down.
CREATE TABLE record (
    digest          bytea  NOT NULL PRIMARY KEY, -- SHA-256 of the bytes received
    document_digest bytea  NOT NULL, -- SHA-256 of the canonical document without proof
    kind            text   NOT NULL, -- Attestation, CompetenceGrant, ...
    authority       text   NOT NULL, -- DID of the authority that answers for the signer
    issuer          text   NOT NULL, -- DID of the signer
    id              text   NOT NULL, -- urn:uuid:...; one identity with authority and issuer
    origin          text   NOT NULL, -- the log in which this node first held it
    position        bigint NOT NULL, -- its place there
    received_at     bigint NOT NULL, -- when this node first received it
    valid_from      bigint,          -- first second of its legal dates, if it has one
    valid_until     bigint,          -- last second of its legal dates, if it has one
    body_encoding   bigint NOT NULL, -- 0: body as received; 1: one zstd frame
    body_length     bigint NOT NULL, -- bytes as received, before encoding
    body            bytea            -- null: taken down; last, so that other columns are read without it
);

CREATE INDEX record_by_id ON record (id);

-- For the snapshot of what is needed to judge, read kind by kind in log order.
CREATE INDEX record_by_kind ON record (kind, origin, position);

-- Numbers under which people look for a record. A projection: may be rebuilt.
CREATE TABLE identifier (
    value  text  NOT NULL, -- exact or normalised form, cut at a limit
    scheme text  NOT NULL, -- what kind of number it is
    digest bytea NOT NULL, -- record digest
    PRIMARY KEY (value, scheme, digest)
);

-- Which status events act on which identity. A projection: may be rebuilt.
-- Keyed by the identity, not by a digest: an event applies to every record with it.
CREATE TABLE subject_event (
    id        text   NOT NULL, -- id of the record acted on
    authority text   NOT NULL, -- its authority
    issuer    text   NOT NULL, -- its issuer
    sequence  bigint NOT NULL, -- place in the signer's chain of events on it, from 1
    digest    bytea  NOT NULL, -- record digest of the event
    PRIMARY KEY (id, authority, issuer, sequence, digest)
);

-- Which records point at something else by a name. A projection: may be rebuilt.
CREATE TABLE record_reference (
    target text  NOT NULL, -- whatever is pointed at, such as the DID of a grantee
    digest bytea NOT NULL, -- record digest of the one that points
    PRIMARY KEY (target, digest)
);

-- How far each reader of a log has come.
CREATE TABLE follower (
    name     text   NOT NULL, -- who reads: search, trust, ...
    origin   text   NOT NULL, -- the log
    position bigint NOT NULL, -- the next position to read
    PRIMARY KEY (name, origin)
);
