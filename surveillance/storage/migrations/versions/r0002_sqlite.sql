CREATE TABLE known_event (
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    on_date TEXT NOT NULL,
    site TEXT NOT NULL,
    model TEXT NOT NULL,
    scanner TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_known_event PRIMARY KEY (id),
    CONSTRAINT ck_known_event_kind_known CHECK (kind = 'scanner' OR kind = 'kernel' OR kind = 'protocol' OR kind = 'route' OR kind = 'report_template' OR kind = 'rota' OR kind = 'other')
)
 STRICT
--;
CREATE TABLE held_return (
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    returned_in INTEGER NOT NULL,
    CONSTRAINT pk_held_return PRIMARY KEY (batch_id, line, returned_in),
    CONSTRAINT fk_held_return_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_held_return_returned_in_batch FOREIGN KEY(returned_in) REFERENCES batch (id)
)
 STRICT
--;
CREATE TABLE known_event_withdrawal (
    event_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_known_event_withdrawal PRIMARY KEY (event_id),
    CONSTRAINT fk_known_event_withdrawal_event_id_known_event FOREIGN KEY(event_id) REFERENCES known_event (id)
)
 STRICT
--;
CREATE TABLE profile_header (
    id INTEGER NOT NULL,
    profile_id INTEGER NOT NULL,
    header TEXT NOT NULL,
    answers TEXT,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_profile_header PRIMARY KEY (id),
    CONSTRAINT fk_profile_header_profile_id_profile FOREIGN KEY(profile_id) REFERENCES profile (id)
)
 STRICT
--;
CREATE INDEX ix_profile_header_profile_id ON profile_header (profile_id)
--;
CREATE TABLE audit_sample (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    week TEXT NOT NULL,
    seed TEXT NOT NULL,
    eligible INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    fraction REAL NOT NULL,
    seen_by INTEGER NOT NULL,
    drawn_at INTEGER NOT NULL,
    drawn_by TEXT NOT NULL,
    CONSTRAINT pk_audit_sample PRIMARY KEY (id),
    CONSTRAINT uq_audit_sample_deployment_id_week UNIQUE (deployment_id, week),
    CONSTRAINT ck_audit_sample_fraction_from_0_to_1 CHECK (fraction >= 0 AND fraction <= 1),
    CONSTRAINT fk_audit_sample_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE TABLE deployment_withdrawal (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_deployment_withdrawal PRIMARY KEY (id),
    CONSTRAINT fk_deployment_withdrawal_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE INDEX ix_deployment_withdrawal_deployment_id ON deployment_withdrawal (deployment_id)
--;
CREATE TABLE reading (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reader TEXT NOT NULL,
    role TEXT NOT NULL,
    answer TEXT NOT NULL,
    at INTEGER NOT NULL,
    brought_by TEXT NOT NULL,
    nonce TEXT NOT NULL,
    CONSTRAINT pk_reading PRIMARY KEY (id),
    CONSTRAINT uq_reading_deployment_id_case_id_kind_reader UNIQUE (deployment_id, case_id, kind, reader),
    CONSTRAINT ck_reading_kind_known CHECK (kind = 'reading' OR kind = 'adjudication'),
    CONSTRAINT ck_reading_answer_known CHECK (answer = '1' OR answer = '0' OR answer = 'indeterminate'),
    CONSTRAINT fk_reading_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE TABLE audit_sample_case (
    sample_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    CONSTRAINT pk_audit_sample_case PRIMARY KEY (sample_id, place),
    CONSTRAINT uq_audit_sample_case_sample_id_case_id UNIQUE (sample_id, case_id),
    CONSTRAINT fk_audit_sample_case_sample_id_audit_sample FOREIGN KEY(sample_id) REFERENCES audit_sample (id)
)
 STRICT
--;
CREATE TABLE deployment_return (
    withdrawal_id INTEGER NOT NULL,
    zone TEXT NOT NULL,
    title TEXT NOT NULL,
    cases_from INTEGER,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_deployment_return PRIMARY KEY (withdrawal_id),
    CONSTRAINT fk_deployment_return_withdrawal_id_deployment_withdrawal FOREIGN KEY(withdrawal_id) REFERENCES deployment_withdrawal (id)
)
 STRICT
--;
CREATE TABLE version_alias_withdrawal (
    id INTEGER NOT NULL,
    alias_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_version_alias_withdrawal PRIMARY KEY (id),
    CONSTRAINT fk_version_alias_withdrawal_alias_id_version_alias FOREIGN KEY(alias_id) REFERENCES version_alias (id)
)
 STRICT
--;
CREATE INDEX ix_version_alias_withdrawal_alias_id ON version_alias_withdrawal (alias_id)
--;
CREATE TABLE version_alias_return (
    withdrawal_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_version_alias_return PRIMARY KEY (withdrawal_id),
    CONSTRAINT fk_version_alias_return_withdrawal_id_version_alias_withdrawal FOREIGN KEY(withdrawal_id) REFERENCES version_alias_withdrawal (id)
)
 STRICT
--;
CREATE TRIGGER known_event_no_update BEFORE UPDATE ON "known_event" BEGIN SELECT RAISE(ABORT, 'known_event is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER known_event_no_delete BEFORE DELETE ON "known_event" BEGIN SELECT RAISE(ABORT, 'known_event is append-only: DELETE rejected'); END
--;
CREATE TRIGGER known_event_no_replace BEFORE INSERT ON "known_event" WHEN EXISTS (SELECT 1 FROM "known_event" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'known_event is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER held_return_no_update BEFORE UPDATE ON "held_return" BEGIN SELECT RAISE(ABORT, 'held_return is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER held_return_no_delete BEFORE DELETE ON "held_return" BEGIN SELECT RAISE(ABORT, 'held_return is append-only: DELETE rejected'); END
--;
CREATE TRIGGER held_return_no_replace BEFORE INSERT ON "held_return" WHEN EXISTS (SELECT 1 FROM "held_return" AS kept WHERE (kept."batch_id" = NEW."batch_id" AND kept."line" = NEW."line" AND kept."returned_in" = NEW."returned_in")) BEGIN SELECT RAISE(ABORT, 'held_return is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER known_event_withdrawal_no_update BEFORE UPDATE ON "known_event_withdrawal" BEGIN SELECT RAISE(ABORT, 'known_event_withdrawal is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER known_event_withdrawal_no_delete BEFORE DELETE ON "known_event_withdrawal" BEGIN SELECT RAISE(ABORT, 'known_event_withdrawal is append-only: DELETE rejected'); END
--;
CREATE TRIGGER known_event_withdrawal_no_replace BEFORE INSERT ON "known_event_withdrawal" WHEN EXISTS (SELECT 1 FROM "known_event_withdrawal" AS kept WHERE (kept."event_id" = NEW."event_id")) BEGIN SELECT RAISE(ABORT, 'known_event_withdrawal is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER profile_header_no_update BEFORE UPDATE ON "profile_header" BEGIN SELECT RAISE(ABORT, 'profile_header is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER profile_header_no_delete BEFORE DELETE ON "profile_header" BEGIN SELECT RAISE(ABORT, 'profile_header is append-only: DELETE rejected'); END
--;
CREATE TRIGGER profile_header_no_replace BEFORE INSERT ON "profile_header" WHEN EXISTS (SELECT 1 FROM "profile_header" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'profile_header is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER audit_sample_no_update BEFORE UPDATE ON "audit_sample" BEGIN SELECT RAISE(ABORT, 'audit_sample is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER audit_sample_no_delete BEFORE DELETE ON "audit_sample" BEGIN SELECT RAISE(ABORT, 'audit_sample is append-only: DELETE rejected'); END
--;
CREATE TRIGGER audit_sample_no_replace BEFORE INSERT ON "audit_sample" WHEN EXISTS (SELECT 1 FROM "audit_sample" AS kept WHERE (kept."id" = NEW."id") OR (kept."deployment_id" = NEW."deployment_id" AND kept."week" = NEW."week")) BEGIN SELECT RAISE(ABORT, 'audit_sample is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER deployment_withdrawal_no_update BEFORE UPDATE ON "deployment_withdrawal" BEGIN SELECT RAISE(ABORT, 'deployment_withdrawal is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER deployment_withdrawal_no_delete BEFORE DELETE ON "deployment_withdrawal" BEGIN SELECT RAISE(ABORT, 'deployment_withdrawal is append-only: DELETE rejected'); END
--;
CREATE TRIGGER deployment_withdrawal_no_replace BEFORE INSERT ON "deployment_withdrawal" WHEN EXISTS (SELECT 1 FROM "deployment_withdrawal" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'deployment_withdrawal is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON "reading" BEGIN SELECT RAISE(ABORT, 'reading is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON "reading" BEGIN SELECT RAISE(ABORT, 'reading is append-only: DELETE rejected'); END
--;
CREATE TRIGGER reading_no_replace BEFORE INSERT ON "reading" WHEN EXISTS (SELECT 1 FROM "reading" AS kept WHERE (kept."id" = NEW."id") OR (kept."deployment_id" = NEW."deployment_id" AND kept."case_id" = NEW."case_id" AND kept."kind" = NEW."kind" AND kept."reader" = NEW."reader")) BEGIN SELECT RAISE(ABORT, 'reading is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER audit_sample_case_no_update BEFORE UPDATE ON "audit_sample_case" BEGIN SELECT RAISE(ABORT, 'audit_sample_case is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER audit_sample_case_no_delete BEFORE DELETE ON "audit_sample_case" BEGIN SELECT RAISE(ABORT, 'audit_sample_case is append-only: DELETE rejected'); END
--;
CREATE TRIGGER audit_sample_case_no_replace BEFORE INSERT ON "audit_sample_case" WHEN EXISTS (SELECT 1 FROM "audit_sample_case" AS kept WHERE (kept."sample_id" = NEW."sample_id" AND kept."place" = NEW."place") OR (kept."sample_id" = NEW."sample_id" AND kept."case_id" = NEW."case_id")) BEGIN SELECT RAISE(ABORT, 'audit_sample_case is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER deployment_return_no_update BEFORE UPDATE ON "deployment_return" BEGIN SELECT RAISE(ABORT, 'deployment_return is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER deployment_return_no_delete BEFORE DELETE ON "deployment_return" BEGIN SELECT RAISE(ABORT, 'deployment_return is append-only: DELETE rejected'); END
--;
CREATE TRIGGER deployment_return_no_replace BEFORE INSERT ON "deployment_return" WHEN EXISTS (SELECT 1 FROM "deployment_return" AS kept WHERE (kept."withdrawal_id" = NEW."withdrawal_id")) BEGIN SELECT RAISE(ABORT, 'deployment_return is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER version_alias_withdrawal_no_update BEFORE UPDATE ON "version_alias_withdrawal" BEGIN SELECT RAISE(ABORT, 'version_alias_withdrawal is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER version_alias_withdrawal_no_delete BEFORE DELETE ON "version_alias_withdrawal" BEGIN SELECT RAISE(ABORT, 'version_alias_withdrawal is append-only: DELETE rejected'); END
--;
CREATE TRIGGER version_alias_withdrawal_no_replace BEFORE INSERT ON "version_alias_withdrawal" WHEN EXISTS (SELECT 1 FROM "version_alias_withdrawal" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'version_alias_withdrawal is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER version_alias_return_no_update BEFORE UPDATE ON "version_alias_return" BEGIN SELECT RAISE(ABORT, 'version_alias_return is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER version_alias_return_no_delete BEFORE DELETE ON "version_alias_return" BEGIN SELECT RAISE(ABORT, 'version_alias_return is append-only: DELETE rejected'); END
--;
CREATE TRIGGER version_alias_return_no_replace BEFORE INSERT ON "version_alias_return" WHEN EXISTS (SELECT 1 FROM "version_alias_return" AS kept WHERE (kept."withdrawal_id" = NEW."withdrawal_id")) BEGIN SELECT RAISE(ABORT, 'version_alias_return is append-only: REPLACE rejected'); END
