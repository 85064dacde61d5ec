-- Other economies' logs: which are followed and how far, what was co-signed, which bodies are
-- missing or withheld, and proofs that a log forked. The tables `log`, `log_head`, `entry` and
-- `tile` hold mirrored logs beside the own one: a `log` row whose `note` is empty stands between
-- two checkpoints, at a size that was proved to be a beginning of a signed one.

-- One row for every foreign log that is followed.
CREATE TABLE followed (
    origin        text   NOT NULL PRIMARY KEY, -- the log
    vkey          text   NOT NULL, -- verifier key under which it is read
    url           text   NOT NULL, -- where it is fetched from; empty: nowhere
    mode          text   NOT NULL, -- mirror: everything, co-signed; follower: chosen kinds
    state         text   NOT NULL, -- following, frozen (it forked), closed (it has a successor)
    seen_size     bigint NOT NULL, -- entries of the largest checkpoint ever accepted of it
    seen_note     bytea  NOT NULL, -- that checkpoint; kept before it is acted on; empty: none
    checked_at    bigint NOT NULL, -- when it was last asked; 0: never
    reached_at    bigint NOT NULL, -- when it last answered with a checkpoint that was accepted
    problem       text   NOT NULL, -- what is wrong, as a word of the interface; empty: nothing
    detail        text   NOT NULL, -- the same in a sentence
    problem_since bigint NOT NULL, -- since when
    quota_day     bigint NOT NULL, -- days since 1970 for which the next two count
    quota_entries bigint NOT NULL, -- entries taken on that day
    quota_bytes   bigint NOT NULL  -- bytes of entries and bodies taken on that day
);

-- Records of mirrored logs whose body is not held: the log is not co-signed beyond the first.
CREATE TABLE missing_body (
    origin   text   NOT NULL, -- the log
    position bigint NOT NULL, -- log index
    digest   bytea  NOT NULL, -- record digest
    kind     text   NOT NULL, -- as the entry names it
    length   bigint NOT NULL, -- bytes, as the entry says
    reason   text   NOT NULL, -- missing, damaged (other bytes), misfiled (another kind)
    since    bigint NOT NULL, -- when it was first missed
    PRIMARY KEY (origin, position)
);

-- Records held that no verdict will ever rest on: unreadable or not validly signed.
CREATE TABLE invalid_record (
    digest   bytea  NOT NULL PRIMARY KEY, -- record digest
    origin   text   NOT NULL, -- the log in which it was found
    position bigint NOT NULL, -- log index there
    reason   text   NOT NULL  -- why, in a sentence
);

-- Lines of cosigners under checkpoints of logs, as the origin collects them.
CREATE TABLE cosignature (
    origin    text   NOT NULL, -- the log
    size      bigint NOT NULL, -- entries of the checkpoint
    cosigner  text   NOT NULL, -- verifier key of the cosigner
    signed_at bigint NOT NULL, -- the time that the line states
    line      text   NOT NULL, -- the signature line as it stands in a note
    PRIMARY KEY (origin, size, cosigner, signed_at)
);

-- The newest checkpoint that a key of this node has co-signed for each log; never set back.
-- A line leaves the process only once it stands here.
CREATE TABLE cosigned (
    origin    text   NOT NULL, -- the log
    cosigner  text   NOT NULL, -- verifier key of the own mirror or witness
    size      bigint NOT NULL, -- entries of the checkpoint
    root      bytea  NOT NULL, -- its root, 32 bytes
    note      bytea  NOT NULL, -- the whole note with the line
    signed_at bigint NOT NULL, -- the time that the line states
    PRIMARY KEY (origin, cosigner)
);

-- Proofs that a log showed two histories, as files that convince anybody.
CREATE TABLE fork_evidence (
    origin   text   NOT NULL, -- the log
    digest   bytea  NOT NULL, -- SHA-256 of the file
    file     bytea  NOT NULL, -- the file
    found_at bigint NOT NULL, -- when this node first held it
    PRIMARY KEY (origin, digest)
);

-- What was taken down, and on whose word.
CREATE TABLE withheld (
    digest          bytea  NOT NULL, -- record digest of what is withheld
    takedown        bytea  NOT NULL, -- record digest of the Takedown
    origin          text   NOT NULL, -- the log whose entry it voids; empty: the document everywhere
    document_digest bytea  NOT NULL, -- of the document that is not taken again
    signed_by       text   NOT NULL, -- DID of the authority
    ground          text   NOT NULL, -- its legal basis
    since           bigint NOT NULL, -- when this node first followed it
    PRIMARY KEY (digest, takedown)
);

-- A document taken down is refused in every wrapping.
CREATE INDEX withheld_by_document ON withheld (document_digest);

-- Federation lists and member keys that came by hand or from peers, beside those in logs.
CREATE TABLE federation_document (
    digest      bytea  NOT NULL PRIMARY KEY, -- record digest
    body        bytea  NOT NULL, -- the bytes
    received_at bigint NOT NULL  -- when this node first held it
);
