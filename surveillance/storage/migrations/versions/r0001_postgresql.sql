CREATE TABLE audit_event (
    seq BIGINT NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_event PRIMARY KEY (seq)
)
--;
CREATE TABLE batch (
    id SERIAL NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kind TEXT NOT NULL,
    profile_name TEXT NOT NULL,
    profile_version INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL,
    rows_held INTEGER NOT NULL,
    received_at BIGINT NOT NULL,
    received_by TEXT NOT NULL,
    digest TEXT NOT NULL,
    synthetic SMALLINT NOT NULL,
    understood TEXT NOT NULL,
    CONSTRAINT pk_batch PRIMARY KEY (id),
    CONSTRAINT uq_batch_file_sha256_generation UNIQUE (file_sha256, generation),
    CONSTRAINT ck_batch_kind_known CHECK (kind = 'results' OR kind = 'outcomes' OR kind = 'orders'),
    CONSTRAINT ck_batch_synthetic_yes_or_no CHECK (synthetic IN (0, 1))
)
--;
CREATE TABLE model (
    id SERIAL NOT NULL,
    name TEXT NOT NULL,
    vendor TEXT NOT NULL,
    kind TEXT NOT NULL,
    intended_use TEXT NOT NULL,
    finding TEXT NOT NULL,
    pathway TEXT NOT NULL,
    CONSTRAINT pk_model PRIMARY KEY (id),
    CONSTRAINT ck_model_kind_known CHECK (kind = 'classifier' OR kind = 'report_drafter'),
    CONSTRAINT uq_model_name UNIQUE (name)
)
--;
CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    os_account TEXT,
    added_at TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_os_account UNIQUE (os_account)
)
--;
CREATE TABLE plan (
    id SERIAL NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    model TEXT NOT NULL,
    model_version TEXT,
    sites TEXT NOT NULL,
    toml TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    effective_from TEXT NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    signed_by TEXT,
    CONSTRAINT pk_plan PRIMARY KEY (id),
    CONSTRAINT uq_plan_name_version UNIQUE (name, version)
)
--;
CREATE TABLE profile (
    id SERIAL NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    toml TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    CONSTRAINT pk_profile PRIMARY KEY (id),
    CONSTRAINT uq_profile_name_version UNIQUE (name, version)
)
--;
CREATE TABLE store_info (
    id SERIAL NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_store_info PRIMARY KEY (id),
    CONSTRAINT ck_store_info_one_row CHECK (id = 1),
    CONSTRAINT ck_store_info_kind_known CHECK (kind = 'demo' OR kind = 'live' OR kind = 'real_data_check' OR kind = 'exercise')
)
--;
CREATE TABLE stream (
    id SERIAL NOT NULL,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    site TEXT NOT NULL,
    CONSTRAINT pk_stream PRIMARY KEY (id),
    CONSTRAINT uq_stream_model_version_site UNIQUE (model, version, site)
)
--;
CREATE TABLE batch_stream (
    batch_id INTEGER NOT NULL,
    stream_id INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    CONSTRAINT pk_batch_stream PRIMARY KEY (batch_id, stream_id),
    CONSTRAINT fk_batch_stream_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_batch_stream_stream_id_stream FOREIGN KEY(stream_id) REFERENCES stream (id)
)
--;
CREATE TABLE batch_withdrawal (
    batch_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_batch_withdrawal PRIMARY KEY (batch_id),
    CONSTRAINT fk_batch_withdrawal_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
--;
CREATE TABLE "case" (
    stream_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    acquired_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    score DOUBLE PRECISION,
    called SMALLINT,
    result_at BIGINT,
    scanner TEXT,
    kernel TEXT,
    setting TEXT,
    age_band TEXT,
    sex TEXT,
    ethnicity TEXT,
    subtype TEXT,
    patient TEXT,
    audit_selected SMALLINT,
    sampling_fraction DOUBLE PRECISION,
    reader_finding TEXT,
    reader_agrees SMALLINT,
    heatmap_reviewed SMALLINT,
    seen_before_report SMALLINT,
    groups TEXT,
    CONSTRAINT pk_case PRIMARY KEY (stream_id, batch_id, line),
    CONSTRAINT ck_case_status_known CHECK (status = 'processed' OR status = 'failed' OR status = 'not_sent'),
    CONSTRAINT ck_case_score_from_0_to_1 CHECK (score >= 0 AND score <= 1),
    CONSTRAINT ck_case_sampling_fraction_from_0_to_1 CHECK (sampling_fraction >= 0 AND sampling_fraction <= 1),
    CONSTRAINT ck_case_called_yes_or_no CHECK (called IN (0, 1)),
    CONSTRAINT ck_case_audit_selected_yes_or_no CHECK (audit_selected IN (0, 1)),
    CONSTRAINT ck_case_reader_agrees_yes_or_no CHECK (reader_agrees IN (0, 1)),
    CONSTRAINT ck_case_heatmap_reviewed_yes_or_no CHECK (heatmap_reviewed IN (0, 1)),
    CONSTRAINT ck_case_seen_before_report_yes_or_no CHECK (seen_before_report IN (0, 1)),
    CONSTRAINT fk_case_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
--;
CREATE TABLE deployment (
    id SERIAL NOT NULL,
    model_id INTEGER NOT NULL,
    version TEXT NOT NULL,
    site TEXT NOT NULL,
    threshold DOUBLE PRECISION,
    zone TEXT NOT NULL,
    title TEXT NOT NULL,
    cases_from BIGINT,
    registered_at TEXT NOT NULL,
    registered_by TEXT NOT NULL,
    CONSTRAINT pk_deployment PRIMARY KEY (id),
    CONSTRAINT uq_deployment_model_id_version_site_threshold UNIQUE (model_id, version, site, threshold),
    CONSTRAINT fk_deployment_model_id_model FOREIGN KEY(model_id) REFERENCES model (id)
)
--;
CREATE TABLE entitlement (
    id SERIAL NOT NULL,
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    event TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_entitlement PRIMARY KEY (id),
    CONSTRAINT ck_entitlement_event_known CHECK (event = 'granted' OR event = 'revoked'),
    CONSTRAINT fk_entitlement_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)
--;
CREATE INDEX ix_entitlement_person_id ON entitlement (person_id)
--;
CREATE TABLE held_row (
    batch_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    line INTEGER NOT NULL,
    "column" TEXT NOT NULL,
    rule TEXT NOT NULL,
    value TEXT NOT NULL,
    fix TEXT NOT NULL,
    raw TEXT NOT NULL,
    CONSTRAINT pk_held_row PRIMARY KEY (batch_id, number),
    CONSTRAINT fk_held_row_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
--;
CREATE TABLE outcome (
    stream_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    truth SMALLINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    truth_source TEXT NOT NULL,
    subtype TEXT,
    CONSTRAINT pk_outcome PRIMARY KEY (stream_id, batch_id, line),
    CONSTRAINT ck_outcome_truth_known CHECK (truth >= 0 AND truth <= 2),
    CONSTRAINT ck_outcome_truth_source_known CHECK (truth_source = 'report' OR truth_source = 'adjudication' OR truth_source = 'follow_up' OR truth_source = 'audit'),
    CONSTRAINT fk_outcome_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
--;
CREATE TABLE study_order (
    stream_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    acquired_at BIGINT NOT NULL,
    pathway TEXT,
    scanner TEXT,
    kernel TEXT,
    setting TEXT,
    age_band TEXT,
    sex TEXT,
    ethnicity TEXT,
    subtype TEXT,
    groups TEXT,
    CONSTRAINT pk_study_order PRIMARY KEY (stream_id, batch_id, line),
    CONSTRAINT fk_study_order_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
--;
CREATE TABLE episode (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    onset TEXT NOT NULL,
    signal TEXT NOT NULL,
    CONSTRAINT pk_episode PRIMARY KEY (id),
    CONSTRAINT fk_episode_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE INDEX ix_episode_deployment_id ON episode (deployment_id)
--;
CREATE TABLE evaluation (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    seen_by BIGINT NOT NULL,
    created_at TEXT NOT NULL,
    week TEXT NOT NULL,
    summary TEXT NOT NULL,
    points BYTEA NOT NULL,
    charts BYTEA NOT NULL,
    reliability BYTEA,
    CONSTRAINT pk_evaluation PRIMARY KEY (id),
    CONSTRAINT uq_evaluation_deployment_id_as_of_seen_by UNIQUE (deployment_id, as_of, seen_by),
    CONSTRAINT fk_evaluation_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
    CONSTRAINT fk_evaluation_plan_id_plan FOREIGN KEY(plan_id) REFERENCES plan (id)
)
--;
CREATE TABLE use_status_event (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_use_status_event PRIMARY KEY (id),
    CONSTRAINT ck_use_status_event_status_known CHECK (status = 'commissioning' OR status = 'in_use' OR status = 'under_watch' OR status = 'stop_proposed' OR status = 'stopped' OR status = 'revalidating' OR status = 'retired'),
    CONSTRAINT fk_use_status_event_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE INDEX ix_use_status_event_deployment_id ON use_status_event (deployment_id)
--;
CREATE TABLE version_alias (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    version TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    CONSTRAINT pk_version_alias PRIMARY KEY (id),
    CONSTRAINT uq_version_alias_deployment_id_version UNIQUE (deployment_id, version),
    CONSTRAINT fk_version_alias_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE TABLE weekly_review (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    week TEXT NOT NULL,
    as_of TEXT NOT NULL,
    by TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    statement TEXT NOT NULL,
    CONSTRAINT pk_weekly_review PRIMARY KEY (id),
    CONSTRAINT fk_weekly_review_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE INDEX ix_weekly_review_deployment_id ON weekly_review (deployment_id)
--;
CREATE TABLE alarm (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    episode_id INTEGER NOT NULL,
    signal_key TEXT NOT NULL,
    kind TEXT NOT NULL,
    chart TEXT,
    limit_name TEXT,
    week TEXT NOT NULL,
    as_of TEXT NOT NULL,
    onset_low TEXT,
    onset TEXT,
    onset_high TEXT,
    headline TEXT NOT NULL,
    detail TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    owner_role TEXT NOT NULL,
    CONSTRAINT pk_alarm PRIMARY KEY (id),
    CONSTRAINT uq_alarm_deployment_id_signal_key UNIQUE (deployment_id, signal_key),
    CONSTRAINT fk_alarm_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
    CONSTRAINT fk_alarm_episode_id_episode FOREIGN KEY(episode_id) REFERENCES episode (id)
)
--;
CREATE INDEX ix_alarm_episode_id ON alarm (episode_id)
--;
CREATE TABLE recommendation (
    id SERIAL NOT NULL,
    deployment_id INTEGER NOT NULL,
    episode_id INTEGER NOT NULL,
    signal_key TEXT NOT NULL,
    chart TEXT NOT NULL,
    as_of TEXT NOT NULL,
    week TEXT NOT NULL,
    headline TEXT NOT NULL,
    reasons TEXT NOT NULL,
    evidence TEXT NOT NULL,
    evidence_sha256 TEXT NOT NULL,
    raised_at TEXT NOT NULL,
    due_at TEXT NOT NULL,
    CONSTRAINT pk_recommendation PRIMARY KEY (id),
    CONSTRAINT uq_recommendation_deployment_id_signal_key UNIQUE (deployment_id, signal_key),
    CONSTRAINT fk_recommendation_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
    CONSTRAINT fk_recommendation_episode_id_episode FOREIGN KEY(episode_id) REFERENCES episode (id)
)
--;
CREATE TABLE alarm_event (
    id SERIAL NOT NULL,
    alarm_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    role TEXT NOT NULL,
    event TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_alarm_event PRIMARY KEY (id),
    CONSTRAINT ck_alarm_event_event_known CHECK (event = 'raised' OR event = 'acknowledged' OR event = 'investigating' OR event = 'closed' OR event = 'note' OR event = 'restated'),
    CONSTRAINT fk_alarm_event_alarm_id_alarm FOREIGN KEY(alarm_id) REFERENCES alarm (id)
)
--;
CREATE INDEX ix_alarm_event_alarm_id ON alarm_event (alarm_id)
--;
CREATE TABLE recommendation_decline (
    id SERIAL NOT NULL,
    recommendation_id INTEGER NOT NULL,
    by TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_recommendation_decline PRIMARY KEY (id),
    CONSTRAINT uq_recommendation_decline_recommendation_id UNIQUE (recommendation_id),
    CONSTRAINT fk_recommendation_decline_recommendation_id_recommendation FOREIGN KEY(recommendation_id) REFERENCES recommendation (id)
)
--;
CREATE TABLE stop_use_notice (
    id SERIAL NOT NULL,
    recommendation_id INTEGER,
    deployment_id INTEGER NOT NULL,
    notice TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    signed_by TEXT NOT NULL,
    role TEXT NOT NULL,
    signed_at TEXT NOT NULL,
    CONSTRAINT pk_stop_use_notice PRIMARY KEY (id),
    CONSTRAINT uq_stop_use_notice_recommendation_id UNIQUE (recommendation_id),
    CONSTRAINT fk_stop_use_notice_recommendation_id_recommendation FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
    CONSTRAINT fk_stop_use_notice_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
--;
CREATE INDEX ix_stop_use_notice_deployment_id ON stop_use_notice (deployment_id)
--;
CREATE FUNCTION surveillance_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = TG_TABLE_NAME || ' is append-only: ' || TG_OP || ' rejected'; END$body$
--;
CREATE FUNCTION surveillance_continue_chain() RETURNS trigger LANGUAGE plpgsql AS $body$BEGIN PERFORM pg_advisory_xact_lock(7305466014); IF NEW.seq IS DISTINCT FROM (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event) OR NEW.previous_hash IS DISTINCT FROM COALESCE((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000') THEN RAISE EXCEPTION USING ERRCODE = 'integrity_constraint_violation', MESSAGE = 'audit_event: sequence or previous_hash does not continue the chain'; END IF; RETURN NEW; END$body$
--;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_event_no_update
--;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON "audit_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_event_no_delete
--;
CREATE TRIGGER audit_event_no_truncate BEFORE TRUNCATE ON "audit_event" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_event_no_truncate
--;
CREATE TRIGGER audit_event_chain BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION surveillance_continue_chain()
--;
ALTER TABLE "audit_event" ENABLE ALWAYS TRIGGER audit_event_chain
--;
CREATE TRIGGER batch_no_update BEFORE UPDATE ON "batch" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch" ENABLE ALWAYS TRIGGER batch_no_update
--;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON "batch" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch" ENABLE ALWAYS TRIGGER batch_no_delete
--;
CREATE TRIGGER batch_no_truncate BEFORE TRUNCATE ON "batch" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch" ENABLE ALWAYS TRIGGER batch_no_truncate
--;
CREATE TRIGGER model_no_update BEFORE UPDATE ON "model" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "model" ENABLE ALWAYS TRIGGER model_no_update
--;
CREATE TRIGGER model_no_delete BEFORE DELETE ON "model" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "model" ENABLE ALWAYS TRIGGER model_no_delete
--;
CREATE TRIGGER model_no_truncate BEFORE TRUNCATE ON "model" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "model" ENABLE ALWAYS TRIGGER model_no_truncate
--;
CREATE TRIGGER person_no_update BEFORE UPDATE ON "person" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "person" ENABLE ALWAYS TRIGGER person_no_update
--;
CREATE TRIGGER person_no_delete BEFORE DELETE ON "person" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "person" ENABLE ALWAYS TRIGGER person_no_delete
--;
CREATE TRIGGER person_no_truncate BEFORE TRUNCATE ON "person" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "person" ENABLE ALWAYS TRIGGER person_no_truncate
--;
CREATE TRIGGER plan_no_update BEFORE UPDATE ON "plan" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "plan" ENABLE ALWAYS TRIGGER plan_no_update
--;
CREATE TRIGGER plan_no_delete BEFORE DELETE ON "plan" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "plan" ENABLE ALWAYS TRIGGER plan_no_delete
--;
CREATE TRIGGER plan_no_truncate BEFORE TRUNCATE ON "plan" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "plan" ENABLE ALWAYS TRIGGER plan_no_truncate
--;
CREATE TRIGGER profile_no_update BEFORE UPDATE ON "profile" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "profile" ENABLE ALWAYS TRIGGER profile_no_update
--;
CREATE TRIGGER profile_no_delete BEFORE DELETE ON "profile" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "profile" ENABLE ALWAYS TRIGGER profile_no_delete
--;
CREATE TRIGGER profile_no_truncate BEFORE TRUNCATE ON "profile" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "profile" ENABLE ALWAYS TRIGGER profile_no_truncate
--;
CREATE TRIGGER stream_no_update BEFORE UPDATE ON "stream" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "stream" ENABLE ALWAYS TRIGGER stream_no_update
--;
CREATE TRIGGER stream_no_delete BEFORE DELETE ON "stream" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "stream" ENABLE ALWAYS TRIGGER stream_no_delete
--;
CREATE TRIGGER stream_no_truncate BEFORE TRUNCATE ON "stream" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "stream" ENABLE ALWAYS TRIGGER stream_no_truncate
--;
CREATE TRIGGER batch_stream_no_update BEFORE UPDATE ON "batch_stream" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch_stream" ENABLE ALWAYS TRIGGER batch_stream_no_update
--;
CREATE TRIGGER batch_stream_no_delete BEFORE DELETE ON "batch_stream" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch_stream" ENABLE ALWAYS TRIGGER batch_stream_no_delete
--;
CREATE TRIGGER batch_stream_no_truncate BEFORE TRUNCATE ON "batch_stream" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch_stream" ENABLE ALWAYS TRIGGER batch_stream_no_truncate
--;
CREATE TRIGGER batch_withdrawal_no_update BEFORE UPDATE ON "batch_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch_withdrawal" ENABLE ALWAYS TRIGGER batch_withdrawal_no_update
--;
CREATE TRIGGER batch_withdrawal_no_delete BEFORE DELETE ON "batch_withdrawal" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch_withdrawal" ENABLE ALWAYS TRIGGER batch_withdrawal_no_delete
--;
CREATE TRIGGER batch_withdrawal_no_truncate BEFORE TRUNCATE ON "batch_withdrawal" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "batch_withdrawal" ENABLE ALWAYS TRIGGER batch_withdrawal_no_truncate
--;
CREATE TRIGGER case_no_update BEFORE UPDATE ON "case" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "case" ENABLE ALWAYS TRIGGER case_no_update
--;
CREATE TRIGGER case_no_delete BEFORE DELETE ON "case" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "case" ENABLE ALWAYS TRIGGER case_no_delete
--;
CREATE TRIGGER case_no_truncate BEFORE TRUNCATE ON "case" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "case" ENABLE ALWAYS TRIGGER case_no_truncate
--;
CREATE TRIGGER deployment_no_update BEFORE UPDATE ON "deployment" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment" ENABLE ALWAYS TRIGGER deployment_no_update
--;
CREATE TRIGGER deployment_no_delete BEFORE DELETE ON "deployment" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment" ENABLE ALWAYS TRIGGER deployment_no_delete
--;
CREATE TRIGGER deployment_no_truncate BEFORE TRUNCATE ON "deployment" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "deployment" ENABLE ALWAYS TRIGGER deployment_no_truncate
--;
CREATE TRIGGER entitlement_no_update BEFORE UPDATE ON "entitlement" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "entitlement" ENABLE ALWAYS TRIGGER entitlement_no_update
--;
CREATE TRIGGER entitlement_no_delete BEFORE DELETE ON "entitlement" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "entitlement" ENABLE ALWAYS TRIGGER entitlement_no_delete
--;
CREATE TRIGGER entitlement_no_truncate BEFORE TRUNCATE ON "entitlement" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "entitlement" ENABLE ALWAYS TRIGGER entitlement_no_truncate
--;
CREATE TRIGGER held_row_no_update BEFORE UPDATE ON "held_row" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "held_row" ENABLE ALWAYS TRIGGER held_row_no_update
--;
CREATE TRIGGER held_row_no_delete BEFORE DELETE ON "held_row" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "held_row" ENABLE ALWAYS TRIGGER held_row_no_delete
--;
CREATE TRIGGER held_row_no_truncate BEFORE TRUNCATE ON "held_row" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "held_row" ENABLE ALWAYS TRIGGER held_row_no_truncate
--;
CREATE TRIGGER outcome_no_update BEFORE UPDATE ON "outcome" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "outcome" ENABLE ALWAYS TRIGGER outcome_no_update
--;
CREATE TRIGGER outcome_no_delete BEFORE DELETE ON "outcome" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "outcome" ENABLE ALWAYS TRIGGER outcome_no_delete
--;
CREATE TRIGGER outcome_no_truncate BEFORE TRUNCATE ON "outcome" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "outcome" ENABLE ALWAYS TRIGGER outcome_no_truncate
--;
CREATE TRIGGER study_order_no_update BEFORE UPDATE ON "study_order" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "study_order" ENABLE ALWAYS TRIGGER study_order_no_update
--;
CREATE TRIGGER study_order_no_delete BEFORE DELETE ON "study_order" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "study_order" ENABLE ALWAYS TRIGGER study_order_no_delete
--;
CREATE TRIGGER study_order_no_truncate BEFORE TRUNCATE ON "study_order" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "study_order" ENABLE ALWAYS TRIGGER study_order_no_truncate
--;
CREATE TRIGGER episode_no_update BEFORE UPDATE ON "episode" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "episode" ENABLE ALWAYS TRIGGER episode_no_update
--;
CREATE TRIGGER episode_no_delete BEFORE DELETE ON "episode" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "episode" ENABLE ALWAYS TRIGGER episode_no_delete
--;
CREATE TRIGGER episode_no_truncate BEFORE TRUNCATE ON "episode" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "episode" ENABLE ALWAYS TRIGGER episode_no_truncate
--;
CREATE TRIGGER evaluation_no_update BEFORE UPDATE ON "evaluation" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "evaluation" ENABLE ALWAYS TRIGGER evaluation_no_update
--;
CREATE TRIGGER evaluation_no_delete BEFORE DELETE ON "evaluation" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "evaluation" ENABLE ALWAYS TRIGGER evaluation_no_delete
--;
CREATE TRIGGER evaluation_no_truncate BEFORE TRUNCATE ON "evaluation" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "evaluation" ENABLE ALWAYS TRIGGER evaluation_no_truncate
--;
CREATE TRIGGER use_status_event_no_update BEFORE UPDATE ON "use_status_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "use_status_event" ENABLE ALWAYS TRIGGER use_status_event_no_update
--;
CREATE TRIGGER use_status_event_no_delete BEFORE DELETE ON "use_status_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "use_status_event" ENABLE ALWAYS TRIGGER use_status_event_no_delete
--;
CREATE TRIGGER use_status_event_no_truncate BEFORE TRUNCATE ON "use_status_event" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "use_status_event" ENABLE ALWAYS TRIGGER use_status_event_no_truncate
--;
CREATE TRIGGER version_alias_no_update BEFORE UPDATE ON "version_alias" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias" ENABLE ALWAYS TRIGGER version_alias_no_update
--;
CREATE TRIGGER version_alias_no_delete BEFORE DELETE ON "version_alias" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias" ENABLE ALWAYS TRIGGER version_alias_no_delete
--;
CREATE TRIGGER version_alias_no_truncate BEFORE TRUNCATE ON "version_alias" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "version_alias" ENABLE ALWAYS TRIGGER version_alias_no_truncate
--;
CREATE TRIGGER weekly_review_no_update BEFORE UPDATE ON "weekly_review" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "weekly_review" ENABLE ALWAYS TRIGGER weekly_review_no_update
--;
CREATE TRIGGER weekly_review_no_delete BEFORE DELETE ON "weekly_review" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "weekly_review" ENABLE ALWAYS TRIGGER weekly_review_no_delete
--;
CREATE TRIGGER weekly_review_no_truncate BEFORE TRUNCATE ON "weekly_review" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "weekly_review" ENABLE ALWAYS TRIGGER weekly_review_no_truncate
--;
CREATE TRIGGER alarm_no_update BEFORE UPDATE ON "alarm" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "alarm" ENABLE ALWAYS TRIGGER alarm_no_update
--;
CREATE TRIGGER alarm_no_delete BEFORE DELETE ON "alarm" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "alarm" ENABLE ALWAYS TRIGGER alarm_no_delete
--;
CREATE TRIGGER alarm_no_truncate BEFORE TRUNCATE ON "alarm" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "alarm" ENABLE ALWAYS TRIGGER alarm_no_truncate
--;
CREATE TRIGGER recommendation_no_update BEFORE UPDATE ON "recommendation" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "recommendation" ENABLE ALWAYS TRIGGER recommendation_no_update
--;
CREATE TRIGGER recommendation_no_delete BEFORE DELETE ON "recommendation" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "recommendation" ENABLE ALWAYS TRIGGER recommendation_no_delete
--;
CREATE TRIGGER recommendation_no_truncate BEFORE TRUNCATE ON "recommendation" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "recommendation" ENABLE ALWAYS TRIGGER recommendation_no_truncate
--;
CREATE TRIGGER alarm_event_no_update BEFORE UPDATE ON "alarm_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "alarm_event" ENABLE ALWAYS TRIGGER alarm_event_no_update
--;
CREATE TRIGGER alarm_event_no_delete BEFORE DELETE ON "alarm_event" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "alarm_event" ENABLE ALWAYS TRIGGER alarm_event_no_delete
--;
CREATE TRIGGER alarm_event_no_truncate BEFORE TRUNCATE ON "alarm_event" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "alarm_event" ENABLE ALWAYS TRIGGER alarm_event_no_truncate
--;
CREATE TRIGGER recommendation_decline_no_update BEFORE UPDATE ON "recommendation_decline" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "recommendation_decline" ENABLE ALWAYS TRIGGER recommendation_decline_no_update
--;
CREATE TRIGGER recommendation_decline_no_delete BEFORE DELETE ON "recommendation_decline" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "recommendation_decline" ENABLE ALWAYS TRIGGER recommendation_decline_no_delete
--;
CREATE TRIGGER recommendation_decline_no_truncate BEFORE TRUNCATE ON "recommendation_decline" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "recommendation_decline" ENABLE ALWAYS TRIGGER recommendation_decline_no_truncate
--;
CREATE TRIGGER stop_use_notice_no_update BEFORE UPDATE ON "stop_use_notice" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "stop_use_notice" ENABLE ALWAYS TRIGGER stop_use_notice_no_update
--;
CREATE TRIGGER stop_use_notice_no_delete BEFORE DELETE ON "stop_use_notice" FOR EACH ROW EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "stop_use_notice" ENABLE ALWAYS TRIGGER stop_use_notice_no_delete
--;
CREATE TRIGGER stop_use_notice_no_truncate BEFORE TRUNCATE ON "stop_use_notice" FOR EACH STATEMENT EXECUTE FUNCTION surveillance_refuse_change()
--;
ALTER TABLE "stop_use_notice" ENABLE ALWAYS TRIGGER stop_use_notice_no_truncate
