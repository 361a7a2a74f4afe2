BEGIN TRANSACTION;
CREATE TABLE admins (
	user_id BIGINT NOT NULL, 
	role TEXT NOT NULL, 
	author TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_admins PRIMARY KEY (user_id)
);
CREATE TABLE agreements (
	entry INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	date DATE NOT NULL, 
	place TEXT NOT NULL, 
	names JSON NOT NULL, 
	summary TEXT NOT NULL, 
	terms JSON NOT NULL, 
	url TEXT NOT NULL, 
	from_version BIGINT NOT NULL, 
	until_version BIGINT, 
	recorded_from DATETIME NOT NULL, 
	recorded_until DATETIME, 
	recorded_by INTEGER NOT NULL, 
	closed_by INTEGER, 
	CONSTRAINT pk_agreements PRIMARY KEY (entry), 
	CONSTRAINT fk_agreements_recorded_by FOREIGN KEY(recorded_by) REFERENCES audit (id), 
	CONSTRAINT fk_agreements_closed_by FOREIGN KEY(closed_by) REFERENCES audit (id)
);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE alerts (
	id INTEGER NOT NULL, 
	round TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	news BIGINT NOT NULL, 
	changed_news BIGINT NOT NULL, 
	CONSTRAINT pk_alerts PRIMARY KEY (id), 
	CONSTRAINT uq_alerts_round UNIQUE (round)
);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	author TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	undoes INTEGER, 
	"before" JSON, 
	"after" JSON, 
	CONSTRAINT pk_audit PRIMARY KEY (id), 
	CONSTRAINT fk_audit_undoes FOREIGN KEY(undoes) REFERENCES audit (id)
);
CREATE TABLE chats (
	chat_id BIGINT NOT NULL, 
	lang TEXT, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_chats PRIMARY KEY (chat_id)
);
CREATE TABLE claims (
	entry INTEGER NOT NULL, 
	id BIGINT NOT NULL, 
	round TEXT, 
	kind TEXT NOT NULL, 
	recipient TEXT NOT NULL, 
	measure TEXT NOT NULL, 
	count BIGINT, 
	qualifier TEXT NOT NULL, 
	date DATE NOT NULL, 
	since DATE, 
	party TEXT NOT NULL, 
	claimant TEXT NOT NULL, 
	publisher TEXT NOT NULL, 
	url TEXT NOT NULL, 
	published DATE, 
	breakdown JSON NOT NULL, 
	lang TEXT NOT NULL, 
	partial BOOLEAN NOT NULL, 
	pinned BOOLEAN NOT NULL, 
	quote TEXT NOT NULL, 
	from_version BIGINT NOT NULL, 
	until_version BIGINT, 
	recorded_from DATETIME NOT NULL, 
	recorded_until DATETIME, 
	recorded_by INTEGER NOT NULL, 
	closed_by INTEGER, 
	CONSTRAINT pk_claims PRIMARY KEY (entry), 
	CONSTRAINT ck_claims_count CHECK ((count IS NULL) = (qualifier = 'undisclosed')), 
	CONSTRAINT fk_claims_recorded_by FOREIGN KEY(recorded_by) REFERENCES audit (id), 
	CONSTRAINT fk_claims_closed_by FOREIGN KEY(closed_by) REFERENCES audit (id)
);
CREATE TABLE counters (
	id INTEGER NOT NULL, 
	version BIGINT NOT NULL, 
	claim BIGINT NOT NULL, 
	news BIGINT NOT NULL, 
	CONSTRAINT pk_counters PRIMARY KEY (id), 
	CONSTRAINT ck_counters_one_row CHECK (id = 1)
);
INSERT INTO "counters" VALUES(1,0,0,0);
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	alert_id INTEGER, 
	carried_by INTEGER, 
	changed JSON, 
	chat_id BIGINT NOT NULL, 
	thread_id BIGINT NOT NULL, 
	chat_type TEXT NOT NULL, 
	lang TEXT NOT NULL, 
	silent BOOLEAN NOT NULL, 
	state TEXT NOT NULL, 
	due_at DATETIME, 
	owner TEXT, 
	attempt INTEGER NOT NULL, 
	revision INTEGER NOT NULL, 
	message_id BIGINT, 
	uncertain BOOLEAN NOT NULL, 
	unknowns INTEGER NOT NULL, 
	outcome TEXT, 
	created_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT uq_deliveries_alert_id_chat_id_thread_id UNIQUE (alert_id, chat_id, thread_id), 
	CONSTRAINT fk_deliveries_alert_id FOREIGN KEY(alert_id) REFERENCES alerts (id), 
	CONSTRAINT fk_deliveries_carried_by FOREIGN KEY(carried_by) REFERENCES deliveries (id)
);
CREATE TABLE dialogs (
	chat_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	state JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_dialogs PRIMARY KEY (chat_id, user_id)
);
CREATE TABLE feeds (
	id INTEGER NOT NULL, 
	url TEXT NOT NULL, 
	name TEXT NOT NULL, 
	trust TEXT NOT NULL, 
	enabled BOOLEAN NOT NULL, 
	health TEXT NOT NULL, 
	problem TEXT NOT NULL, 
	etag TEXT, 
	last_modified TEXT, 
	due_at DATETIME, 
	polled_at DATETIME, 
	succeeded_at DATETIME, 
	failures INTEGER NOT NULL, 
	newest_item_at DATETIME, 
	usual_days FLOAT, 
	last_post BIGINT, 
	CONSTRAINT pk_feeds PRIMARY KEY (id), 
	CONSTRAINT uq_feeds_url UNIQUE (url)
);
CREATE TABLE items (
	feed INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_items PRIMARY KEY (feed, "key"), 
	CONSTRAINT fk_items_feed FOREIGN KEY(feed) REFERENCES feeds (id) ON DELETE CASCADE
);
CREATE TABLE refs (
	ref TEXT NOT NULL, 
	"query" JSON NOT NULL, 
	version BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_refs PRIMARY KEY (ref)
);
CREATE TABLE reviews (
	id INTEGER NOT NULL, 
	article TEXT NOT NULL, 
	report JSON NOT NULL, 
	reasons JSON NOT NULL, 
	since DATETIME NOT NULL, 
	seconded_by TEXT, 
	settled_at DATETIME, 
	settled_by TEXT, 
	CONSTRAINT pk_reviews PRIMARY KEY (id)
);
CREATE TABLE rounds (
	entry INTEGER NOT NULL, 
	id TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	date DATE NOT NULL, 
	agreement TEXT, 
	ordinal INTEGER, 
	category TEXT, 
	mediator TEXT, 
	note TEXT, 
	from_version BIGINT NOT NULL, 
	until_version BIGINT, 
	recorded_from DATETIME NOT NULL, 
	recorded_until DATETIME, 
	recorded_by INTEGER NOT NULL, 
	closed_by INTEGER, 
	CONSTRAINT pk_rounds PRIMARY KEY (entry), 
	CONSTRAINT fk_rounds_recorded_by FOREIGN KEY(recorded_by) REFERENCES audit (id), 
	CONSTRAINT fk_rounds_closed_by FOREIGN KEY(closed_by) REFERENCES audit (id)
);
CREATE TABLE subscriptions (
	chat_id BIGINT NOT NULL, 
	thread_id BIGINT NOT NULL, 
	chat_type TEXT NOT NULL, 
	lang TEXT NOT NULL, 
	remains BOOLEAN NOT NULL, 
	prisoners BOOLEAN NOT NULL, 
	civilians BOOLEAN NOT NULL, 
	children BOOLEAN NOT NULL, 
	recipient TEXT, 
	frequency TEXT NOT NULL, 
	digest_hour INTEGER NOT NULL, 
	quiet_from INTEGER, 
	quiet_until INTEGER, 
	timezone TEXT, 
	silent BOOLEAN NOT NULL, 
	subscribed_at DATETIME NOT NULL, 
	digest_at DATETIME, 
	digest_news BIGINT NOT NULL, 
	gone_at DATETIME, 
	CONSTRAINT pk_subscriptions PRIMARY KEY (chat_id, thread_id)
);
CREATE TABLE turns (
	chat_id BIGINT NOT NULL, 
	user_id BIGINT NOT NULL, 
	turn JSON NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_turns PRIMARY KEY (chat_id, user_id)
);
CREATE TABLE updates (
	id BIGINT NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_updates PRIMARY KEY (id)
);
CREATE INDEX ix_agreements_closed_by ON agreements (closed_by);
CREATE INDEX ix_agreements_id ON agreements (id);
CREATE INDEX ix_agreements_recorded_by ON agreements (recorded_by);
CREATE INDEX ix_alerts_changed_news ON alerts (changed_news);
CREATE INDEX ix_alerts_news ON alerts (news);
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_audit_author_id ON audit (author, id);
CREATE INDEX ix_audit_version ON audit (version);
CREATE INDEX ix_claims_closed_by ON claims (closed_by);
CREATE INDEX ix_claims_date ON claims (date);
CREATE INDEX ix_claims_id ON claims (id);
CREATE INDEX ix_claims_recorded_by ON claims (recorded_by);
CREATE INDEX ix_claims_round ON claims (round);
CREATE INDEX ix_deliveries_carried_by ON deliveries (carried_by);
CREATE INDEX ix_deliveries_chat ON deliveries (chat_id);
CREATE INDEX ix_deliveries_due ON deliveries (due_at, id) WHERE state IN ('pending', 'leased');
CREATE INDEX ix_dialogs_at ON dialogs (at);
CREATE INDEX ix_feeds_due_at ON feeds (due_at);
CREATE INDEX ix_rounds_closed_by ON rounds (closed_by);
CREATE INDEX ix_rounds_id ON rounds (id);
CREATE INDEX ix_rounds_recorded_by ON rounds (recorded_by);
CREATE INDEX ix_subscriptions_digest_at ON subscriptions (digest_at);
CREATE INDEX ix_turns_at ON turns (at);
CREATE INDEX ix_updates_at ON updates (at);
CREATE UNIQUE INDEX uq_agreements_standing ON agreements (id) WHERE until_version IS NULL;
CREATE UNIQUE INDEX uq_claims_standing ON claims (id) WHERE until_version IS NULL;
CREATE UNIQUE INDEX uq_reviews_waiting ON reviews (article) WHERE settled_at IS NULL;
CREATE UNIQUE INDEX uq_rounds_standing ON rounds (id) WHERE until_version IS NULL;
COMMIT;
