CREATE TABLE known_event (
    id SERIAL NOT NULL,
    kind TEXT NOT NULL,
    on_date TEXT NOT NULL,
    site TEXT NOT NULL,
    model TEXT NOT NULL,
    scanner TEXT NOT NULL,
    words TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_known_event PRIMARY KEY (id),
    CONSTRAINT ck_known_event_kind_known CHECK (kind = 'scanner' OR kind = 'kernel' OR kind = 'protocol' OR kind = 'route' OR kind = 'report_template' OR kind = 'rota' OR kind = 'other')
)
--;
CREATE TABLE held_return (
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    returned_in INTEGER NOT NULL,
    CONSTRAINT pk_held_return PRIMARY KEY (batch_id, line, returned_in),
    CONSTRAINT fk_held_return_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_held_return_returned_in_batch FOREIGN KEY(returned_in) REFERENCES batch (id)
)
--;
CREATE TABLE known_event_withdrawal (
    event_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_known_event_withdrawal PRIMARY KEY (event_id),
    CONSTRAINT fk_known_event_withdrawal_event_id_known_event FOREIGN KEY(event_id) REFERENCES known_event (id)
)
--;
CREATE TABLE profile_header (
    id SERIAL NOT NULL,
    profile_id INTEGER NOT NULL,
    header TEXT NOT NULL,
    answers TEXT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_profile_header PRIMARY KEY (id),
    CONSTRAINT fk_profile_header_profile_id_profile FOREIGN KEY(profile_id) REFERENCES profile (id)
)
--;
CREATE INDEX ix_profile_header_profile_id ON profile_header (profile_id)
--;
CREATE TABLE audit_sample (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    week TEXT NOT NULL,
    seed TEXT NOT NULL,
    eligible INTEGER NOT NULL,
    drawn INTEGER NOT NULL,
    fraction DOUBLE PRECISION NOT NULL,
    seen_by BIGINT NOT NULL,
    drawn_at BIGINT NOT NULL,
    drawn_by TEXT NOT NULL,
    CONSTRAINT pk_audit_sample PRIMARY KEY (id),
    CONSTRAINT uq_audit_sample_deployment_id_week UNIQUE (deployment_id, week),
    CONSTRAINT ck_audit_sample_fraction_from_0_to_1 CHECK (fraction >= 0 AND fraction <= 1),
    CONSTRAINT fk_audit_sample_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE TABLE deployment_withdrawal (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_deployment_withdrawal PRIMARY KEY (id),
    CONSTRAINT fk_deployment_withdrawal_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE INDEX ix_deployment_withdrawal_deployment_id ON deployment_withdrawal (deployment_id)
--;
CREATE TABLE reading (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reader TEXT NOT NULL,
    role TEXT NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL,
    brought_by TEXT NOT NULL,
    nonce TEXT NOT NULL,
    CONSTRAINT pk_reading PRIMARY KEY (id),
    CONSTRAINT uq_reading_deployment_id_case_id_kind_reader UNIQUE (deployment_id, case_id, kind, reader),
    CONSTRAINT ck_reading_kind_known CHECK (kind = 'reading' OR kind = 'adjudication'),
    CONSTRAINT ck_reading_answer_known CHECK (answer = '1' OR answer = '0' OR answer = 'indeterminate'),
    CONSTRAINT fk_reading_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE TABLE audit_sample_case (
    sample_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    CONSTRAINT pk_audit_sample_case PRIMARY KEY (sample_id, place),
    CONSTRAINT uq_audit_sample_case_sample_id_case_id UNIQUE (sample_id, case_id),
    CONSTRAINT fk_audit_sample_case_sample_id_audit_sample FOREIGN KEY(sample_id) REFERENCES audit_sample (id)
)
--;
CREATE TABLE deployment_return (
    withdrawal_id INTEGER NOT NULL,
    zone TEXT NOT NULL,
    title TEXT NOT NULL,
    cases_from BIGINT,
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_deployment_return PRIMARY KEY (withdrawal_id),
    CONSTRAINT fk_deployment_return_withdrawal_id_deployment_withdrawal FOREIGN KEY(withdrawal_id) REFERENCES deployment_withdrawal (id)
)
--;
CREATE TABLE version_alias_withdrawal (
    id SERIAL NOT NULL,
    alias_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_version_alias_withdrawal PRIMARY KEY (id),
    CONSTRAINT fk_version_alias_withdrawal_alias_id_version_alias FOREIGN KEY(alias_id) REFERENCES version_alias (id)
)
--;
CREATE INDEX ix_version_alias_withdrawal_alias_id ON version_alias_withdrawal (alias_id)
--;
CREATE TABLE version_alias_return (
    withdrawal_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_version_alias_return PRIMARY KEY (withdrawal_id),
    CONSTRAINT fk_version_alias_return_withdrawal_id_version_alias_withdrawal FOREIGN KEY(withdrawal_id) REFERENCES version_alias_withdrawal (id)
)
--;
CREATE TRIGGER known_event_no_update BEFORE UPDATE ON "known_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "known_event" ENABLE ALWAYS TRIGGER known_event_no_update
--;
CREATE TRIGGER known_event_no_delete BEFORE DELETE ON "known_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "known_event" ENABLE ALWAYS TRIGGER known_event_no_delete
--;
CREATE TRIGGER known_event_no_truncate BEFORE TRUNCATE ON "known_event" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "known_event" ENABLE ALWAYS TRIGGER known_event_no_truncate
--;
CREATE TRIGGER held_return_no_update BEFORE UPDATE ON "held_return" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "held_return" ENABLE ALWAYS TRIGGER held_return_no_update
--;
CREATE TRIGGER held_return_no_delete BEFORE DELETE ON "held_return" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "held_return" ENABLE ALWAYS TRIGGER held_return_no_delete
--;
CREATE TRIGGER held_return_no_truncate BEFORE TRUNCATE ON "held_return" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "held_return" ENABLE ALWAYS TRIGGER held_return_no_truncate
--;
CREATE TRIGGER known_event_withdrawal_no_update BEFORE UPDATE ON "known_event_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "known_event_withdrawal" ENABLE ALWAYS TRIGGER known_event_withdrawal_no_update
--;
CREATE TRIGGER known_event_withdrawal_no_delete BEFORE DELETE ON "known_event_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "known_event_withdrawal" ENABLE ALWAYS TRIGGER known_event_withdrawal_no_delete
--;
CREATE TRIGGER known_event_withdrawal_no_truncate BEFORE TRUNCATE ON "known_event_withdrawal" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "known_event_withdrawal" ENABLE ALWAYS TRIGGER known_event_withdrawal_no_truncate
--;
CREATE TRIGGER profile_header_no_update BEFORE UPDATE ON "profile_header" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "profile_header" ENABLE ALWAYS TRIGGER profile_header_no_update
--;
CREATE TRIGGER profile_header_no_delete BEFORE DELETE ON "profile_header" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "profile_header" ENABLE ALWAYS TRIGGER profile_header_no_delete
--;
CREATE TRIGGER profile_header_no_truncate BEFORE TRUNCATE ON "profile_header" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "profile_header" ENABLE ALWAYS TRIGGER profile_header_no_truncate
--;
CREATE TRIGGER audit_sample_no_update BEFORE UPDATE ON "audit_sample" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_sample" ENABLE ALWAYS TRIGGER audit_sample_no_update
--;
CREATE TRIGGER audit_sample_no_delete BEFORE DELETE ON "audit_sample" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_sample" ENABLE ALWAYS TRIGGER audit_sample_no_delete
--;
CREATE TRIGGER audit_sample_no_truncate BEFORE TRUNCATE ON "audit_sample" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_sample" ENABLE ALWAYS TRIGGER audit_sample_no_truncate
--;
CREATE TRIGGER deployment_withdrawal_no_update BEFORE UPDATE ON "deployment_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment_withdrawal" ENABLE ALWAYS TRIGGER deployment_withdrawal_no_update
--;
CREATE TRIGGER deployment_withdrawal_no_delete BEFORE DELETE ON "deployment_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment_withdrawal" ENABLE ALWAYS TRIGGER deployment_withdrawal_no_delete
--;
CREATE TRIGGER deployment_withdrawal_no_truncate BEFORE TRUNCATE ON "deployment_withdrawal" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment_withdrawal" ENABLE ALWAYS TRIGGER deployment_withdrawal_no_truncate
--;
CREATE TRIGGER reading_no_update BEFORE UPDATE ON "reading" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "reading" ENABLE ALWAYS TRIGGER reading_no_update
--;
CREATE TRIGGER reading_no_delete BEFORE DELETE ON "reading" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "reading" ENABLE ALWAYS TRIGGER reading_no_delete
--;
CREATE TRIGGER reading_no_truncate BEFORE TRUNCATE ON "reading" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "reading" ENABLE ALWAYS TRIGGER reading_no_truncate
--;
CREATE TRIGGER audit_sample_case_no_update BEFORE UPDATE ON "audit_sample_case" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_sample_case" ENABLE ALWAYS TRIGGER audit_sample_case_no_update
--;
CREATE TRIGGER audit_sample_case_no_delete BEFORE DELETE ON "audit_sample_case" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_sample_case" ENABLE ALWAYS TRIGGER audit_sample_case_no_delete
--;
CREATE TRIGGER audit_sample_case_no_truncate BEFORE TRUNCATE ON "audit_sample_case" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_sample_case" ENABLE ALWAYS TRIGGER audit_sample_case_no_truncate
--;
CREATE TRIGGER deployment_return_no_update BEFORE UPDATE ON "deployment_return" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment_return" ENABLE ALWAYS TRIGGER deployment_return_no_update
--;
CREATE TRIGGER deployment_return_no_delete BEFORE DELETE ON "deployment_return" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment_return" ENABLE ALWAYS TRIGGER deployment_return_no_delete
--;
CREATE TRIGGER deployment_return_no_truncate BEFORE TRUNCATE ON "deployment_return" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment_return" ENABLE ALWAYS TRIGGER deployment_return_no_truncate
--;
CREATE TRIGGER version_alias_withdrawal_no_update BEFORE UPDATE ON "version_alias_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias_withdrawal" ENABLE ALWAYS TRIGGER version_alias_withdrawal_no_update
--;
CREATE TRIGGER version_alias_withdrawal_no_delete BEFORE DELETE ON "version_alias_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias_withdrawal" ENABLE ALWAYS TRIGGER version_alias_withdrawal_no_delete
--;
CREATE TRIGGER version_alias_withdrawal_no_truncate BEFORE TRUNCATE ON "version_alias_withdrawal" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias_withdrawal" ENABLE ALWAYS TRIGGER version_alias_withdrawal_no_truncate
--;
CREATE TRIGGER version_alias_return_no_update BEFORE UPDATE ON "version_alias_return" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias_return" ENABLE ALWAYS TRIGGER version_alias_return_no_update
--;
CREATE TRIGGER version_alias_return_no_delete BEFORE DELETE ON "version_alias_return" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias_return" ENABLE ALWAYS TRIGGER version_alias_return_no_delete
--;
CREATE TRIGGER version_alias_return_no_truncate BEFORE TRUNCATE ON "version_alias_return" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias_return" ENABLE ALWAYS TRIGGER version_alias_return_no_truncate
