CREATE TABLE audit_event (
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    payload TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_audit_event PRIMARY KEY (seq)
)
 STRICT
--;
CREATE TABLE batch (
    id INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    generation INTEGER NOT NULL,
    kind TEXT NOT NULL,
    profile_name TEXT NOT NULL,
    profile_version INTEGER NOT NULL,
    rows_accepted INTEGER NOT NULL,
    rows_held INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    received_by TEXT NOT NULL,
    digest TEXT NOT NULL,
    synthetic INTEGER NOT NULL,
    understood TEXT NOT NULL,
    CONSTRAINT pk_batch PRIMARY KEY (id),
    CONSTRAINT uq_batch_file_sha256_generation UNIQUE (file_sha256, generation),
    CONSTRAINT ck_batch_kind_known CHECK (kind = 'results' OR kind = 'outcomes' OR kind = 'orders'),
    CONSTRAINT ck_batch_synthetic_yes_or_no CHECK (synthetic IN (0, 1))
)
 STRICT
--;
CREATE TABLE model (
    id INTEGER NOT NULL,
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
 STRICT
--;
CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    os_account TEXT,
    added_at TEXT NOT NULL,
    CONSTRAINT pk_person PRIMARY KEY (id),
    CONSTRAINT uq_person_os_account UNIQUE (os_account)
)
 STRICT
--;
CREATE TABLE "plan" (
    id INTEGER NOT NULL,
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
 STRICT
--;
CREATE TABLE profile (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    version INTEGER NOT NULL,
    toml TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    saved_by TEXT NOT NULL,
    CONSTRAINT pk_profile PRIMARY KEY (id),
    CONSTRAINT uq_profile_name_version UNIQUE (name, version)
)
 STRICT
--;
CREATE TABLE store_info (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_store_info PRIMARY KEY (id),
    CONSTRAINT ck_store_info_one_row CHECK (id = 1),
    CONSTRAINT ck_store_info_kind_known CHECK (kind = 'demo' OR kind = 'live' OR kind = 'real_data_check' OR kind = 'exercise')
)
 STRICT
--;
CREATE TABLE stream (
    id INTEGER NOT NULL,
    model TEXT NOT NULL,
    version TEXT NOT NULL,
    site TEXT NOT NULL,
    CONSTRAINT pk_stream PRIMARY KEY (id),
    CONSTRAINT uq_stream_model_version_site UNIQUE (model, version, site)
)
 STRICT
--;
CREATE TABLE batch_stream (
    batch_id INTEGER NOT NULL,
    stream_id INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    CONSTRAINT pk_batch_stream PRIMARY KEY (batch_id, stream_id),
    CONSTRAINT fk_batch_stream_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id),
    CONSTRAINT fk_batch_stream_stream_id_stream FOREIGN KEY(stream_id) REFERENCES stream (id)
)
 STRICT
--;
CREATE TABLE batch_withdrawal (
    batch_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_batch_withdrawal PRIMARY KEY (batch_id),
    CONSTRAINT fk_batch_withdrawal_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
 STRICT
--;
CREATE TABLE "case" (
    stream_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    acquired_at INTEGER NOT NULL,
    status TEXT NOT NULL,
    score REAL,
    called INTEGER,
    result_at INTEGER,
    scanner TEXT,
    kernel TEXT,
    setting TEXT,
    age_band TEXT,
    sex TEXT,
    ethnicity TEXT,
    subtype TEXT,
    patient TEXT,
    audit_selected INTEGER,
    sampling_fraction REAL,
    reader_finding TEXT,
    reader_agrees INTEGER,
    heatmap_reviewed INTEGER,
    seen_before_report INTEGER,
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
 WITHOUT ROWID,
 STRICT
--;
CREATE TABLE deployment (
    id INTEGER NOT NULL,
    model_id INTEGER NOT NULL,
    version TEXT NOT NULL,
    site TEXT NOT NULL,
    threshold REAL,
    zone TEXT NOT NULL,
    title TEXT NOT NULL,
    cases_from INTEGER,
    registered_at TEXT NOT NULL,
    registered_by TEXT NOT NULL,
    CONSTRAINT pk_deployment PRIMARY KEY (id),
    CONSTRAINT uq_deployment_model_id_version_site_threshold UNIQUE (model_id, version, site, threshold),
    CONSTRAINT fk_deployment_model_id_model FOREIGN KEY(model_id) REFERENCES model (id)
)
 STRICT
--;
CREATE TABLE entitlement (
    id INTEGER NOT NULL,
    person_id TEXT NOT NULL,
    role TEXT NOT NULL,
    event TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_entitlement PRIMARY KEY (id),
    CONSTRAINT ck_entitlement_event_known CHECK (event = 'granted' OR event = 'revoked'),
    CONSTRAINT fk_entitlement_person_id_person FOREIGN KEY(person_id) REFERENCES person (id)
)
 STRICT
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
 STRICT
--;
CREATE TABLE outcome (
    stream_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    truth INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    truth_source TEXT NOT NULL,
    subtype TEXT,
    CONSTRAINT pk_outcome PRIMARY KEY (stream_id, batch_id, line),
    CONSTRAINT ck_outcome_truth_known CHECK (truth >= 0 AND truth <= 2),
    CONSTRAINT ck_outcome_truth_source_known CHECK (truth_source = 'report' OR truth_source = 'adjudication' OR truth_source = 'follow_up' OR truth_source = 'audit'),
    CONSTRAINT fk_outcome_batch_id_batch FOREIGN KEY(batch_id) REFERENCES batch (id)
)
 WITHOUT ROWID,
 STRICT
--;
CREATE TABLE study_order (
    stream_id INTEGER NOT NULL,
    batch_id INTEGER NOT NULL,
    line INTEGER NOT NULL,
    case_id TEXT NOT NULL,
    acquired_at INTEGER NOT NULL,
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
 WITHOUT ROWID,
 STRICT
--;
CREATE TABLE episode (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    opened_at TEXT NOT NULL,
    onset TEXT NOT NULL,
    signal TEXT NOT NULL,
    CONSTRAINT pk_episode PRIMARY KEY (id),
    CONSTRAINT fk_episode_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE INDEX ix_episode_deployment_id ON episode (deployment_id)
--;
CREATE TABLE evaluation (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    plan_id INTEGER NOT NULL,
    as_of TEXT NOT NULL,
    seen_by INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    week TEXT NOT NULL,
    summary TEXT NOT NULL,
    points BLOB NOT NULL,
    charts BLOB NOT NULL,
    reliability BLOB,
    CONSTRAINT pk_evaluation PRIMARY KEY (id),
    CONSTRAINT uq_evaluation_deployment_id_as_of_seen_by UNIQUE (deployment_id, as_of, seen_by),
    CONSTRAINT fk_evaluation_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id),
    CONSTRAINT fk_evaluation_plan_id_plan FOREIGN KEY(plan_id) REFERENCES "plan" (id)
)
 STRICT
--;
CREATE TABLE use_status_event (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_use_status_event PRIMARY KEY (id),
    CONSTRAINT ck_use_status_event_status_known CHECK (status = 'commissioning' OR status = 'in_use' OR status = 'under_watch' OR status = 'stop_proposed' OR status = 'stopped' OR status = 'revalidating' OR status = 'retired'),
    CONSTRAINT fk_use_status_event_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE INDEX ix_use_status_event_deployment_id ON use_status_event (deployment_id)
--;
CREATE TABLE version_alias (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    version TEXT NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    CONSTRAINT pk_version_alias PRIMARY KEY (id),
    CONSTRAINT uq_version_alias_deployment_id_version UNIQUE (deployment_id, version),
    CONSTRAINT fk_version_alias_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE TABLE weekly_review (
    id INTEGER NOT NULL,
    deployment_id INTEGER NOT NULL,
    week TEXT NOT NULL,
    as_of TEXT NOT NULL,
    "by" TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    statement TEXT NOT NULL,
    CONSTRAINT pk_weekly_review PRIMARY KEY (id),
    CONSTRAINT fk_weekly_review_deployment_id_deployment FOREIGN KEY(deployment_id) REFERENCES deployment (id)
)
 STRICT
--;
CREATE INDEX ix_weekly_review_deployment_id ON weekly_review (deployment_id)
--;
CREATE TABLE alarm (
    id INTEGER NOT NULL,
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
 STRICT
--;
CREATE INDEX ix_alarm_episode_id ON alarm (episode_id)
--;
CREATE TABLE recommendation (
    id INTEGER NOT NULL,
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
 STRICT
--;
CREATE TABLE alarm_event (
    id INTEGER NOT NULL,
    alarm_id INTEGER NOT NULL,
    at TEXT NOT NULL,
    "by" TEXT NOT NULL,
    role TEXT NOT NULL,
    event TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_alarm_event PRIMARY KEY (id),
    CONSTRAINT ck_alarm_event_event_known CHECK (event = 'raised' OR event = 'acknowledged' OR event = 'investigating' OR event = 'closed' OR event = 'note' OR event = 'restated'),
    CONSTRAINT fk_alarm_event_alarm_id_alarm FOREIGN KEY(alarm_id) REFERENCES alarm (id)
)
 STRICT
--;
CREATE INDEX ix_alarm_event_alarm_id ON alarm_event (alarm_id)
--;
CREATE TABLE recommendation_decline (
    id INTEGER NOT NULL,
    recommendation_id INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    role TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    CONSTRAINT pk_recommendation_decline PRIMARY KEY (id),
    CONSTRAINT uq_recommendation_decline_recommendation_id UNIQUE (recommendation_id),
    CONSTRAINT fk_recommendation_decline_recommendation_id_recommendation FOREIGN KEY(recommendation_id) REFERENCES recommendation (id)
)
 STRICT
--;
CREATE TABLE stop_use_notice (
    id INTEGER NOT NULL,
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
 STRICT
--;
CREATE INDEX ix_stop_use_notice_deployment_id ON stop_use_notice (deployment_id)
--;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON "audit_event" BEGIN SELECT RAISE(ABORT, 'audit_event is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON "audit_event" BEGIN SELECT RAISE(ABORT, 'audit_event is append-only: DELETE rejected'); END
--;
CREATE TRIGGER audit_event_chain BEFORE INSERT ON "audit_event" WHEN NEW.seq IS NOT (SELECT COALESCE(MAX(seq), 0) + 1 FROM audit_event) OR NEW.previous_hash IS NOT COALESCE((SELECT hash FROM audit_event ORDER BY seq DESC LIMIT 1), '0000000000000000000000000000000000000000000000000000000000000000') BEGIN SELECT RAISE(ABORT, 'audit_event: sequence or previous_hash does not continue the chain'); END
--;
CREATE TRIGGER batch_no_update BEFORE UPDATE ON "batch" BEGIN SELECT RAISE(ABORT, 'batch is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON "batch" BEGIN SELECT RAISE(ABORT, 'batch is append-only: DELETE rejected'); END
--;
CREATE TRIGGER batch_no_replace BEFORE INSERT ON "batch" WHEN EXISTS (SELECT 1 FROM "batch" AS kept WHERE (kept."id" = NEW."id") OR (kept."file_sha256" = NEW."file_sha256" AND kept."generation" = NEW."generation")) BEGIN SELECT RAISE(ABORT, 'batch is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER model_no_update BEFORE UPDATE ON "model" BEGIN SELECT RAISE(ABORT, 'model is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER model_no_delete BEFORE DELETE ON "model" BEGIN SELECT RAISE(ABORT, 'model is append-only: DELETE rejected'); END
--;
CREATE TRIGGER model_no_replace BEFORE INSERT ON "model" WHEN EXISTS (SELECT 1 FROM "model" AS kept WHERE (kept."id" = NEW."id") OR (kept."name" = NEW."name")) BEGIN SELECT RAISE(ABORT, 'model is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER person_no_update BEFORE UPDATE ON "person" BEGIN SELECT RAISE(ABORT, 'person is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER person_no_delete BEFORE DELETE ON "person" BEGIN SELECT RAISE(ABORT, 'person is append-only: DELETE rejected'); END
--;
CREATE TRIGGER person_no_replace BEFORE INSERT ON "person" WHEN EXISTS (SELECT 1 FROM "person" AS kept WHERE (kept."id" = NEW."id") OR (kept."os_account" = NEW."os_account")) BEGIN SELECT RAISE(ABORT, 'person is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER plan_no_update BEFORE UPDATE ON "plan" BEGIN SELECT RAISE(ABORT, 'plan is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER plan_no_delete BEFORE DELETE ON "plan" BEGIN SELECT RAISE(ABORT, 'plan is append-only: DELETE rejected'); END
--;
CREATE TRIGGER plan_no_replace BEFORE INSERT ON "plan" WHEN EXISTS (SELECT 1 FROM "plan" AS kept WHERE (kept."id" = NEW."id") OR (kept."name" = NEW."name" AND kept."version" = NEW."version")) BEGIN SELECT RAISE(ABORT, 'plan is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER profile_no_update BEFORE UPDATE ON "profile" BEGIN SELECT RAISE(ABORT, 'profile is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER profile_no_delete BEFORE DELETE ON "profile" BEGIN SELECT RAISE(ABORT, 'profile is append-only: DELETE rejected'); END
--;
CREATE TRIGGER profile_no_replace BEFORE INSERT ON "profile" WHEN EXISTS (SELECT 1 FROM "profile" AS kept WHERE (kept."id" = NEW."id") OR (kept."name" = NEW."name" AND kept."version" = NEW."version")) BEGIN SELECT RAISE(ABORT, 'profile is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER stream_no_update BEFORE UPDATE ON "stream" BEGIN SELECT RAISE(ABORT, 'stream is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER stream_no_delete BEFORE DELETE ON "stream" BEGIN SELECT RAISE(ABORT, 'stream is append-only: DELETE rejected'); END
--;
CREATE TRIGGER stream_no_replace BEFORE INSERT ON "stream" WHEN EXISTS (SELECT 1 FROM "stream" AS kept WHERE (kept."id" = NEW."id") OR (kept."model" = NEW."model" AND kept."version" = NEW."version" AND kept."site" = NEW."site")) BEGIN SELECT RAISE(ABORT, 'stream is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER batch_stream_no_update BEFORE UPDATE ON "batch_stream" BEGIN SELECT RAISE(ABORT, 'batch_stream is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER batch_stream_no_delete BEFORE DELETE ON "batch_stream" BEGIN SELECT RAISE(ABORT, 'batch_stream is append-only: DELETE rejected'); END
--;
CREATE TRIGGER batch_stream_no_replace BEFORE INSERT ON "batch_stream" WHEN EXISTS (SELECT 1 FROM "batch_stream" AS kept WHERE (kept."batch_id" = NEW."batch_id" AND kept."stream_id" = NEW."stream_id")) BEGIN SELECT RAISE(ABORT, 'batch_stream is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER batch_withdrawal_no_update BEFORE UPDATE ON "batch_withdrawal" BEGIN SELECT RAISE(ABORT, 'batch_withdrawal is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER batch_withdrawal_no_delete BEFORE DELETE ON "batch_withdrawal" BEGIN SELECT RAISE(ABORT, 'batch_withdrawal is append-only: DELETE rejected'); END
--;
CREATE TRIGGER batch_withdrawal_no_replace BEFORE INSERT ON "batch_withdrawal" WHEN EXISTS (SELECT 1 FROM "batch_withdrawal" AS kept WHERE (kept."batch_id" = NEW."batch_id")) BEGIN SELECT RAISE(ABORT, 'batch_withdrawal is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER case_no_update BEFORE UPDATE ON "case" BEGIN SELECT RAISE(ABORT, 'case is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER case_no_delete BEFORE DELETE ON "case" BEGIN SELECT RAISE(ABORT, 'case is append-only: DELETE rejected'); END
--;
CREATE TRIGGER deployment_no_update BEFORE UPDATE ON "deployment" BEGIN SELECT RAISE(ABORT, 'deployment is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER deployment_no_delete BEFORE DELETE ON "deployment" BEGIN SELECT RAISE(ABORT, 'deployment is append-only: DELETE rejected'); END
--;
CREATE TRIGGER deployment_no_replace BEFORE INSERT ON "deployment" WHEN EXISTS (SELECT 1 FROM "deployment" AS kept WHERE (kept."id" = NEW."id") OR (kept."model_id" = NEW."model_id" AND kept."version" = NEW."version" AND kept."site" = NEW."site" AND kept."threshold" = NEW."threshold")) BEGIN SELECT RAISE(ABORT, 'deployment is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER entitlement_no_update BEFORE UPDATE ON "entitlement" BEGIN SELECT RAISE(ABORT, 'entitlement is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER entitlement_no_delete BEFORE DELETE ON "entitlement" BEGIN SELECT RAISE(ABORT, 'entitlement is append-only: DELETE rejected'); END
--;
CREATE TRIGGER entitlement_no_replace BEFORE INSERT ON "entitlement" WHEN EXISTS (SELECT 1 FROM "entitlement" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'entitlement is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER held_row_no_update BEFORE UPDATE ON "held_row" BEGIN SELECT RAISE(ABORT, 'held_row is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER held_row_no_delete BEFORE DELETE ON "held_row" BEGIN SELECT RAISE(ABORT, 'held_row is append-only: DELETE rejected'); END
--;
CREATE TRIGGER held_row_no_replace BEFORE INSERT ON "held_row" WHEN EXISTS (SELECT 1 FROM "held_row" AS kept WHERE (kept."batch_id" = NEW."batch_id" AND kept."number" = NEW."number")) BEGIN SELECT RAISE(ABORT, 'held_row is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER outcome_no_update BEFORE UPDATE ON "outcome" BEGIN SELECT RAISE(ABORT, 'outcome is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER outcome_no_delete BEFORE DELETE ON "outcome" BEGIN SELECT RAISE(ABORT, 'outcome is append-only: DELETE rejected'); END
--;
CREATE TRIGGER study_order_no_update BEFORE UPDATE ON "study_order" BEGIN SELECT RAISE(ABORT, 'study_order is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER study_order_no_delete BEFORE DELETE ON "study_order" BEGIN SELECT RAISE(ABORT, 'study_order is append-only: DELETE rejected'); END
--;
CREATE TRIGGER episode_no_update BEFORE UPDATE ON "episode" BEGIN SELECT RAISE(ABORT, 'episode is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER episode_no_delete BEFORE DELETE ON "episode" BEGIN SELECT RAISE(ABORT, 'episode is append-only: DELETE rejected'); END
--;
CREATE TRIGGER episode_no_replace BEFORE INSERT ON "episode" WHEN EXISTS (SELECT 1 FROM "episode" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'episode is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER evaluation_no_update BEFORE UPDATE ON "evaluation" BEGIN SELECT RAISE(ABORT, 'evaluation is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER evaluation_no_delete BEFORE DELETE ON "evaluation" BEGIN SELECT RAISE(ABORT, 'evaluation is append-only: DELETE rejected'); END
--;
CREATE TRIGGER evaluation_no_replace BEFORE INSERT ON "evaluation" WHEN EXISTS (SELECT 1 FROM "evaluation" AS kept WHERE (kept."id" = NEW."id") OR (kept."deployment_id" = NEW."deployment_id" AND kept."as_of" = NEW."as_of" AND kept."seen_by" = NEW."seen_by")) BEGIN SELECT RAISE(ABORT, 'evaluation is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER use_status_event_no_update BEFORE UPDATE ON "use_status_event" BEGIN SELECT RAISE(ABORT, 'use_status_event is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER use_status_event_no_delete BEFORE DELETE ON "use_status_event" BEGIN SELECT RAISE(ABORT, 'use_status_event is append-only: DELETE rejected'); END
--;
CREATE TRIGGER use_status_event_no_replace BEFORE INSERT ON "use_status_event" WHEN EXISTS (SELECT 1 FROM "use_status_event" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'use_status_event is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER version_alias_no_update BEFORE UPDATE ON "version_alias" BEGIN SELECT RAISE(ABORT, 'version_alias is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER version_alias_no_delete BEFORE DELETE ON "version_alias" BEGIN SELECT RAISE(ABORT, 'version_alias is append-only: DELETE rejected'); END
--;
CREATE TRIGGER version_alias_no_replace BEFORE INSERT ON "version_alias" WHEN EXISTS (SELECT 1 FROM "version_alias" AS kept WHERE (kept."id" = NEW."id") OR (kept."deployment_id" = NEW."deployment_id" AND kept."version" = NEW."version")) BEGIN SELECT RAISE(ABORT, 'version_alias is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER weekly_review_no_update BEFORE UPDATE ON "weekly_review" BEGIN SELECT RAISE(ABORT, 'weekly_review is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER weekly_review_no_delete BEFORE DELETE ON "weekly_review" BEGIN SELECT RAISE(ABORT, 'weekly_review is append-only: DELETE rejected'); END
--;
CREATE TRIGGER weekly_review_no_replace BEFORE INSERT ON "weekly_review" WHEN EXISTS (SELECT 1 FROM "weekly_review" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'weekly_review is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER alarm_no_update BEFORE UPDATE ON "alarm" BEGIN SELECT RAISE(ABORT, 'alarm is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER alarm_no_delete BEFORE DELETE ON "alarm" BEGIN SELECT RAISE(ABORT, 'alarm is append-only: DELETE rejected'); END
--;
CREATE TRIGGER alarm_no_replace BEFORE INSERT ON "alarm" WHEN EXISTS (SELECT 1 FROM "alarm" AS kept WHERE (kept."id" = NEW."id") OR (kept."deployment_id" = NEW."deployment_id" AND kept."signal_key" = NEW."signal_key")) BEGIN SELECT RAISE(ABORT, 'alarm is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER recommendation_no_update BEFORE UPDATE ON "recommendation" BEGIN SELECT RAISE(ABORT, 'recommendation is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER recommendation_no_delete BEFORE DELETE ON "recommendation" BEGIN SELECT RAISE(ABORT, 'recommendation is append-only: DELETE rejected'); END
--;
CREATE TRIGGER recommendation_no_replace BEFORE INSERT ON "recommendation" WHEN EXISTS (SELECT 1 FROM "recommendation" AS kept WHERE (kept."id" = NEW."id") OR (kept."deployment_id" = NEW."deployment_id" AND kept."signal_key" = NEW."signal_key")) BEGIN SELECT RAISE(ABORT, 'recommendation is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER alarm_event_no_update BEFORE UPDATE ON "alarm_event" BEGIN SELECT RAISE(ABORT, 'alarm_event is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER alarm_event_no_delete BEFORE DELETE ON "alarm_event" BEGIN SELECT RAISE(ABORT, 'alarm_event is append-only: DELETE rejected'); END
--;
CREATE TRIGGER alarm_event_no_replace BEFORE INSERT ON "alarm_event" WHEN EXISTS (SELECT 1 FROM "alarm_event" AS kept WHERE (kept."id" = NEW."id")) BEGIN SELECT RAISE(ABORT, 'alarm_event is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER recommendation_decline_no_update BEFORE UPDATE ON "recommendation_decline" BEGIN SELECT RAISE(ABORT, 'recommendation_decline is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER recommendation_decline_no_delete BEFORE DELETE ON "recommendation_decline" BEGIN SELECT RAISE(ABORT, 'recommendation_decline is append-only: DELETE rejected'); END
--;
CREATE TRIGGER recommendation_decline_no_replace BEFORE INSERT ON "recommendation_decline" WHEN EXISTS (SELECT 1 FROM "recommendation_decline" AS kept WHERE (kept."id" = NEW."id") OR (kept."recommendation_id" = NEW."recommendation_id")) BEGIN SELECT RAISE(ABORT, 'recommendation_decline is append-only: REPLACE rejected'); END
--;
CREATE TRIGGER stop_use_notice_no_update BEFORE UPDATE ON "stop_use_notice" BEGIN SELECT RAISE(ABORT, 'stop_use_notice is append-only: UPDATE rejected'); END
--;
CREATE TRIGGER stop_use_notice_no_delete BEFORE DELETE ON "stop_use_notice" BEGIN SELECT RAISE(ABORT, 'stop_use_notice is append-only: DELETE rejected'); END
--;
CREATE TRIGGER stop_use_notice_no_replace BEFORE INSERT ON "stop_use_notice" WHEN EXISTS (SELECT 1 FROM "stop_use_notice" AS kept WHERE (kept."id" = NEW."id") OR (kept."recommendation_id" = NEW."recommendation_id")) BEGIN SELECT RAISE(ABORT, 'stop_use_notice is append-only: REPLACE rejected'); END
