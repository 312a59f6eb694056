CREATE TABLE "case_features" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"sex" text NOT NULL,
	"born_earliest" date,
	"born_latest" date,
	"happened_earliest" date,
	"happened_latest" date,
	"division" text,
	"latitude" double precision,
	"longitude" double precision,
	"version" integer DEFAULT 1 NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "case_features_born" CHECK (("case_features"."born_earliest" is null) = ("case_features"."born_latest" is null) and "case_features"."born_earliest" <= "case_features"."born_latest"),
	CONSTRAINT "case_features_happened" CHECK (("case_features"."happened_earliest" is null) = ("case_features"."happened_latest" is null) and "case_features"."happened_earliest" <= "case_features"."happened_latest"),
	CONSTRAINT "case_features_position" CHECK (("case_features"."latitude" is null) = ("case_features"."longitude" is null))
);
--> statement-breakpoint
CREATE TABLE "vault"."case_descriptions" (
	"case_id" uuid PRIMARY KEY NOT NULL,
	"description" "bytea" NOT NULL,
	"key_page_id" uuid NOT NULL,
	"key_slot" smallint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "review_decisions" ADD COLUMN "cause" text;--> statement-breakpoint
-- What refers to them is checked against them, which the fence would forbid to their owner.
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE data_key_pages NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "case_features" ADD CONSTRAINT "case_features_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault"."case_descriptions" ADD CONSTRAINT "case_descriptions_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault"."case_descriptions" ADD CONSTRAINT "case_descriptions_key_page_id_data_key_pages_id_fk" FOREIGN KEY ("key_page_id") REFERENCES "public"."data_key_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_descriptions_key_page_id_index" ON "vault"."case_descriptions" USING btree ("key_page_id");--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_cause" CHECK ("review_decisions"."cause" is null or "review_decisions"."cause" in ('inconsistent-loci', 'chance', 'other-relative') and "review_decisions"."verdict" <> 'supported');--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE data_key_pages FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Asks of a case whether it goes on, and who is in its family already: no code, no name, no genotype.
GRANT USAGE ON SCHEMA public TO homeward_registrar;--> statement-breakpoint
GRANT SELECT (id, status) ON cases TO homeward_registrar;--> statement-breakpoint
CREATE POLICY registrar ON cases FOR SELECT TO homeward_registrar USING (true);--> statement-breakpoint
GRANT SELECT (family_id, relation) ON samples TO homeward_registrar;--> statement-breakpoint
CREATE POLICY registrar ON samples FOR SELECT TO homeward_registrar USING (true);--> statement-breakpoint
-- What is said of the child: by the point that opened the case. The laboratory sees no place closer than a county.
ALTER TABLE case_features ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (sex, born_earliest, born_latest, happened_earliest, happened_latest, division, latitude, longitude,
	version, written_at) ON case_features TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON case_features TO homeward_collection_point
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id AND c.collection_point_id = (SELECT scoped_collection_point())));--> statement-breakpoint
GRANT SELECT ON case_features TO homeward_police;--> statement-breakpoint
CREATE POLICY police ON case_features FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));--> statement-breakpoint
GRANT SELECT (case_id, sex, born_earliest, born_latest, happened_earliest, happened_latest, division) ON case_features TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON case_features FOR SELECT TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT (case_id), DELETE ON case_features TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON case_features TO homeward_keeper USING (true);--> statement-breakpoint
ALTER TABLE vault.case_descriptions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON vault.case_descriptions TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON vault.case_descriptions TO homeward_collection_point
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id AND c.collection_point_id = (SELECT scoped_collection_point())));--> statement-breakpoint
GRANT SELECT ON vault.case_descriptions TO homeward_police;--> statement-breakpoint
CREATE POLICY police ON vault.case_descriptions FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id));--> statement-breakpoint
GRANT SELECT (case_id, key_page_id, key_slot), DELETE ON vault.case_descriptions TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON vault.case_descriptions TO homeward_keeper USING (true);--> statement-breakpoint
CREATE POLICY collection_point_descriptions ON data_key_pages FOR SELECT TO homeward_collection_point
	USING (EXISTS (SELECT FROM vault.case_descriptions d WHERE d.key_page_id = data_key_pages.id));--> statement-breakpoint
CREATE POLICY collection_point_destroys_descriptions ON data_key_pages FOR UPDATE TO homeward_collection_point
	USING (EXISTS (SELECT FROM vault.case_descriptions d WHERE d.key_page_id = data_key_pages.id));--> statement-breakpoint
CREATE POLICY police_descriptions ON data_key_pages FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM vault.case_descriptions d WHERE d.key_page_id = data_key_pages.id));--> statement-breakpoint
-- A family at several points: who presents the number of a case, in this transaction, sees the case and its family, and
-- nobody in it. Null, and therefore nothing, while the setting is unset or empty.
CREATE FUNCTION scoped_case_numbers() RETURNS text[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT string_to_array(nullif(current_setting('homeward.case_numbers', true), ''), ',')
$$;--> statement-breakpoint
CREATE POLICY collection_point_joins ON cases FOR SELECT TO homeward_collection_point
	USING (number = ANY ((SELECT scoped_case_numbers())::text[]));--> statement-breakpoint
CREATE POLICY collection_point_joins ON families FOR SELECT TO homeward_collection_point
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id AND c.number = ANY ((SELECT scoped_case_numbers())::text[])));--> statement-breakpoint
CREATE POLICY collection_point_locks_joined ON families FOR UPDATE TO homeward_collection_point
	USING (EXISTS (SELECT FROM cases c WHERE c.id = case_id AND c.number = ANY ((SELECT scoped_case_numbers())::text[]))) WITH CHECK (false);--> statement-breakpoint
-- All that is added to such a case is a relative in its family.
DROP POLICY collection_point ON case_events;--> statement-breakpoint
CREATE POLICY collection_point ON case_events FOR INSERT TO homeward_collection_point
	WITH CHECK (status = 'registered' AND EXISTS (SELECT FROM cases c
		WHERE c.id = case_id AND c.collection_point_id = (SELECT scoped_collection_point())));--> statement-breakpoint
DROP POLICY collection_point_adds ON families;--> statement-breakpoint
CREATE POLICY collection_point_adds ON families FOR INSERT TO homeward_collection_point
	WITH CHECK (collection_point_id = (SELECT scoped_collection_point()) AND EXISTS (SELECT FROM cases c
		WHERE c.id = case_id AND c.collection_point_id = (SELECT scoped_collection_point())));--> statement-breakpoint
DROP POLICY collection_point_adds ON samples;--> statement-breakpoint
CREATE POLICY collection_point_adds ON samples FOR INSERT TO homeward_collection_point
	WITH CHECK (collection_point_id = (SELECT scoped_collection_point())
		AND EXISTS (SELECT FROM batches b WHERE b.id = batch_id)
		AND CASE WHEN family_id IS NULL
			THEN EXISTS (SELECT FROM cases c WHERE c.id = case_id AND c.collection_point_id = (SELECT scoped_collection_point()))
			ELSE EXISTS (SELECT FROM families f WHERE f.id = family_id AND f.case_id = samples.case_id) END);--> statement-breakpoint
-- Why samples were withdrawn, for the statistics: not whose they were.
GRANT SELECT (sample_id, case_id, cause, candidates, withdrawn_at) ON tombstones TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON tombstones FOR SELECT TO homeward_laboratory USING (true);
