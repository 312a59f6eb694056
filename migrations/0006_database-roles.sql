-- Roles, grants and policies: docs/adr/0011-database-roles.md. The roles themselves belong to the
-- cluster and were made before (src/platform/database-roles.ts).
REVOKE CREATE ON SCHEMA public FROM PUBLIC;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO homeward_engine, homeward_laboratory, homeward_collection_point, homeward_police, homeward_gate, homeward_auditor, homeward_keeper, homeward_break_glass;--> statement-breakpoint
-- A login that may change nothing asks whether the database is that of its release.
GRANT USAGE ON SCHEMA drizzle TO homeward_engine;--> statement-breakpoint
GRANT SELECT ON drizzle.__drizzle_migrations TO homeward_engine;--> statement-breakpoint
-- Null, and therefore nothing, while the setting is unset or empty.
CREATE FUNCTION scoped_collection_point() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT nullif(current_setting('homeward.collection_point_id', true), '')::uuid
$$;--> statement-breakpoint
CREATE FUNCTION scoped_jurisdiction() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT nullif(current_setting('homeward.jurisdiction', true), '')
$$;--> statement-breakpoint
ALTER TABLE collection_points ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON collection_points TO homeward_gate;--> statement-breakpoint
CREATE POLICY gate ON collection_points TO homeward_gate USING (true);--> statement-breakpoint
GRANT SELECT (id, division) ON collection_points TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON collection_points FOR SELECT TO homeward_collection_point
	USING (id = (SELECT scoped_collection_point()));--> statement-breakpoint
ALTER TABLE api_keys ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (expires_at, revoked_at) ON api_keys TO homeward_gate;--> statement-breakpoint
CREATE POLICY gate ON api_keys TO homeward_gate USING (true);--> statement-breakpoint
ALTER TABLE batches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (receipt) ON batches TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON batches TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
ALTER TABLE cases ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, UPDATE (status) ON cases TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON cases TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (status) ON cases TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON cases TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT (id, collection_point_id, number), INSERT ON cases TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON cases TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
GRANT SELECT ON cases TO homeward_police;--> statement-breakpoint
CREATE POLICY police ON cases FOR SELECT TO homeward_police
	USING (starts_with(division, (SELECT scoped_jurisdiction())));--> statement-breakpoint
ALTER TABLE case_events ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT INSERT ON case_events TO homeward_engine, homeward_laboratory;--> statement-breakpoint
CREATE POLICY engine_and_laboratory ON case_events FOR INSERT TO homeward_engine, homeward_laboratory WITH CHECK (true);--> statement-breakpoint
GRANT INSERT ON case_events TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON case_events FOR INSERT TO homeward_collection_point
	WITH CHECK (status = 'registered' AND EXISTS (SELECT FROM cases c WHERE c.id = case_id));--> statement-breakpoint
GRANT SELECT ON case_events TO homeward_police;--> statement-breakpoint
CREATE POLICY police ON case_events FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));--> statement-breakpoint
ALTER TABLE families ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- To lock a row one must be allowed to change some column of it; no change passes the check.
GRANT SELECT, UPDATE (created_at) ON families TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON families FOR SELECT TO homeward_engine USING (true);--> statement-breakpoint
CREATE POLICY engine_locks ON families FOR UPDATE TO homeward_engine USING (true) WITH CHECK (false);--> statement-breakpoint
GRANT SELECT ON families TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON families TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (created_at) ON families TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON families FOR SELECT TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
CREATE POLICY collection_point_adds ON families FOR INSERT TO homeward_collection_point
	WITH CHECK (collection_point_id = (SELECT scoped_collection_point()) AND EXISTS (SELECT FROM cases c WHERE c.id = case_id));--> statement-breakpoint
CREATE POLICY collection_point_locks ON families FOR UPDATE TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point())) WITH CHECK (false);--> statement-breakpoint
ALTER TABLE samples ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, UPDATE (created_at) ON samples TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON samples FOR SELECT TO homeward_engine USING (true);--> statement-breakpoint
CREATE POLICY engine_locks ON samples FOR UPDATE TO homeward_engine USING (true) WITH CHECK (false);--> statement-breakpoint
GRANT SELECT ON samples TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON samples TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (created_at) ON samples TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point_locks ON samples FOR UPDATE TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point())) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY collection_point ON samples FOR SELECT TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
CREATE POLICY collection_point_adds ON samples FOR INSERT TO homeward_collection_point
	WITH CHECK (collection_point_id = (SELECT scoped_collection_point()) AND EXISTS (SELECT FROM cases c WHERE c.id = case_id)
		AND (family_id IS NULL OR EXISTS (SELECT FROM families f WHERE f.id = family_id))
		AND EXISTS (SELECT FROM batches b WHERE b.id = batch_id));--> statement-breakpoint
ALTER TABLE profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON profiles TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON profiles TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT ON profiles TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON profiles TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, INSERT ON profiles TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON profiles TO homeward_collection_point
	USING (EXISTS (SELECT FROM samples s WHERE s.id = sample_id));--> statement-breakpoint
ALTER TABLE search_requests ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, UPDATE (state, offered_at, finished_at, policy_id, attempts, failure) ON search_requests TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON search_requests TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT ON search_requests TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON search_requests TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT INSERT ON search_requests TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON search_requests FOR INSERT TO homeward_collection_point
	WITH CHECK (state = 'pending' AND EXISTS (SELECT FROM profiles p WHERE p.id = profile_id));--> statement-breakpoint
ALTER TABLE frequency_tables ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON frequency_tables TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON frequency_tables TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, INSERT ON frequency_tables TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON frequency_tables TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE policies ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON policies TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON policies TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (active) ON policies TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON policies TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE candidate_matches ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON candidate_matches TO homeward_engine;--> statement-breakpoint
GRANT UPDATE (relationship, log10_lr, loci_compared, loci_inconsistent, chance_probability, result,
	child_profile_id, family_profile_ids, relative_profile_ids, engine_version, state, revision,
	updated_at, lapsed_at) ON candidate_matches TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON candidate_matches TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (state) ON candidate_matches TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON candidate_matches TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE review_decisions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON review_decisions TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON review_decisions TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE sweeps ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, UPDATE (state, planned_at, snapshot, unknowns, families, ended_at) ON sweeps TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON sweeps TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (state, ended_at) ON sweeps TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON sweeps TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE sweep_blocks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (state, offered_at, finished_at, attempts, failure) ON sweep_blocks TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON sweep_blocks TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (state, offered_at, finished_at, attempts) ON sweep_blocks TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON sweep_blocks TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE sweep_candidates ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (candidate_id, log10_lr_after, relationship_after) ON sweep_candidates TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON sweep_candidates TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (candidate_id, log10_lr_after, relationship_after) ON sweep_candidates TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON sweep_candidates TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE audit_entries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON audit_entries TO homeward_auditor;--> statement-breakpoint
CREATE POLICY auditor ON audit_entries TO homeward_auditor USING (true);--> statement-breakpoint
-- Data keys: whoever may read or write a record may read or write its page.
ALTER TABLE data_key_pages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON data_key_pages TO homeward_engine, homeward_laboratory;--> statement-breakpoint
CREATE POLICY engine_and_laboratory ON data_key_pages FOR SELECT TO homeward_engine, homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (ring_key, keys) ON data_key_pages TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON data_key_pages FOR SELECT TO homeward_collection_point
	USING (EXISTS (SELECT FROM profiles p WHERE p.key_page_id = data_key_pages.id)
		OR EXISTS (SELECT FROM vault.identities i WHERE i.key_page_id = data_key_pages.id));--> statement-breakpoint
CREATE POLICY collection_point_destroys ON data_key_pages FOR UPDATE TO homeward_collection_point
	USING (EXISTS (SELECT FROM vault.identities i WHERE i.key_page_id = data_key_pages.id));--> statement-breakpoint
CREATE POLICY collection_point_adds ON data_key_pages FOR INSERT TO homeward_collection_point WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (ring_key, keys) ON data_key_pages TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON data_key_pages TO homeward_keeper USING (true);--> statement-breakpoint
-- The same genotypes once more, for those who read everybody.
ALTER TABLE genotype_pages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON genotype_pages TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON genotype_pages FOR SELECT TO homeward_engine USING (true);--> statement-breakpoint
GRANT INSERT ON genotype_pages TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON genotype_pages FOR INSERT TO homeward_collection_point WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (people, sealed), DELETE ON genotype_pages TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON genotype_pages TO homeward_keeper USING (true);--> statement-breakpoint
-- What a withdrawal leaves, and what it removes.
ALTER TABLE tombstones ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT ON tombstones TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON tombstones TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT ON tombstones TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON tombstones FOR SELECT TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
GRANT SELECT, INSERT ON tombstones TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON tombstones TO homeward_keeper USING (true);--> statement-breakpoint
GRANT SELECT, DELETE, UPDATE (genotypes, key_page_id, key_slot) ON profiles TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON profiles TO homeward_keeper USING (true);--> statement-breakpoint
GRANT SELECT, DELETE, UPDATE (created_at) ON samples, families TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON samples TO homeward_keeper USING (true) WITH CHECK (false);--> statement-breakpoint
CREATE POLICY keeper ON families TO homeward_keeper USING (true) WITH CHECK (false);--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON search_requests TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON search_requests TO homeward_keeper USING (true);--> statement-breakpoint
GRANT SELECT, DELETE ON candidate_matches, review_decisions, sweep_candidates TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON candidate_matches TO homeward_keeper USING (true);--> statement-breakpoint
CREATE POLICY keeper ON review_decisions TO homeward_keeper USING (true);--> statement-breakpoint
CREATE POLICY keeper ON sweep_candidates TO homeward_keeper USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (status) ON cases TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON cases TO homeward_keeper USING (true);--> statement-breakpoint
GRANT INSERT ON case_events TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON case_events FOR INSERT TO homeward_keeper WITH CHECK (true);--> statement-breakpoint
GRANT SELECT ON policies TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON policies FOR SELECT TO homeward_keeper USING (true);--> statement-breakpoint
-- Sign-in.
ALTER TABLE users ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (disabled_at) ON users TO homeward_gate;--> statement-breakpoint
CREATE POLICY gate ON users TO homeward_gate USING (true);--> statement-breakpoint
ALTER TABLE sessions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (last_seen_at), DELETE ON sessions TO homeward_gate;--> statement-breakpoint
CREATE POLICY gate ON sessions TO homeward_gate USING (true);--> statement-breakpoint
ALTER TABLE sign_ins ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON sign_ins TO homeward_gate;--> statement-breakpoint
CREATE POLICY gate ON sign_ins TO homeward_gate USING (true);--> statement-breakpoint
ALTER TABLE request_nonces ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (expires_at), DELETE ON request_nonces TO homeward_gate;--> statement-breakpoint
CREATE POLICY gate ON request_nonces TO homeward_gate USING (true);--> statement-breakpoint
-- Who people are: no role that sees genotypes sees names, and none that sees names sees genotypes.
GRANT USAGE ON SCHEMA vault TO homeward_collection_point, homeward_police, homeward_keeper, homeward_break_glass;--> statement-breakpoint
ALTER TABLE vault.identities ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON vault.identities TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON vault.identities TO homeward_collection_point
	USING (EXISTS (SELECT FROM samples s WHERE s.id = sample_id));--> statement-breakpoint
GRANT SELECT (id, case_id, relation) ON samples TO homeward_police, homeward_break_glass;--> statement-breakpoint
CREATE POLICY police ON samples FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));--> statement-breakpoint
GRANT SELECT (sample_id, name, national_id, phone, address, key_page_id, key_slot) ON vault.identities TO homeward_police, homeward_break_glass;--> statement-breakpoint
CREATE POLICY police ON vault.identities FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM samples s WHERE s.id = sample_id));--> statement-breakpoint
GRANT SELECT ON data_key_pages TO homeward_police, homeward_break_glass;--> statement-breakpoint
CREATE POLICY police ON data_key_pages FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM vault.identities i WHERE i.key_page_id = data_key_pages.id));--> statement-breakpoint
GRANT SELECT, DELETE ON vault.identities TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON vault.identities TO homeward_keeper USING (true);--> statement-breakpoint
-- Break-glass: names of cases that are open at this moment.
ALTER TABLE break_glass_grants ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (verdict, remark, reviewed_by, reviewed_at) ON break_glass_grants TO homeward_break_glass;--> statement-breakpoint
CREATE POLICY break_glass ON break_glass_grants TO homeward_break_glass USING (true);--> statement-breakpoint
GRANT SELECT (id, number) ON cases TO homeward_break_glass;--> statement-breakpoint
CREATE POLICY break_glass ON cases FOR SELECT TO homeward_break_glass USING (true);--> statement-breakpoint
CREATE POLICY break_glass ON samples FOR SELECT TO homeward_break_glass
	USING (EXISTS (SELECT FROM break_glass_grants g WHERE g.case_id = samples.case_id AND g.expires_at > now()));--> statement-breakpoint
CREATE POLICY break_glass ON vault.identities FOR SELECT TO homeward_break_glass
	USING (EXISTS (SELECT FROM samples s WHERE s.id = sample_id));--> statement-breakpoint
CREATE POLICY break_glass ON data_key_pages FOR SELECT TO homeward_break_glass
	USING (EXISTS (SELECT FROM vault.identities i WHERE i.key_page_id = data_key_pages.id));--> statement-breakpoint
-- Consents and holds.
ALTER TABLE consents ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON consents TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON consents TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
GRANT SELECT, UPDATE (withdrawn_at) ON consents TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON consents TO homeward_keeper USING (true);--> statement-breakpoint
ALTER TABLE legal_holds ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (released_by, released_at) ON legal_holds TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON legal_holds TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT ON legal_holds TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON legal_holds FOR SELECT TO homeward_keeper USING (true);
