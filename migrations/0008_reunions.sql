CREATE TABLE "reunion_steps" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "reunion_steps_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"reunion_id" uuid NOT NULL,
	"state" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"role" text NOT NULL,
	"remark" text NOT NULL,
	"evidence" jsonb
);
--> statement-breakpoint
CREATE TABLE "reunions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"candidate_id" uuid,
	"unknown_case_id" uuid NOT NULL,
	"family_case_id" uuid NOT NULL,
	"unknown_case_number" text NOT NULL,
	"family_case_number" text NOT NULL,
	"state" text DEFAULT 're-sampling' NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"started_at" timestamp with time zone DEFAULT now() NOT NULL,
	"notified_at" timestamp with time zone
);
--> statement-breakpoint
-- What refers to them is checked against them, which the fence would forbid to their owner.
ALTER TABLE candidate_matches NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "reunion_steps" ADD CONSTRAINT "reunion_steps_reunion_id_reunions_id_fk" FOREIGN KEY ("reunion_id") REFERENCES "public"."reunions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reunions" ADD CONSTRAINT "reunions_candidate_id_candidate_matches_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate_matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reunions" ADD CONSTRAINT "reunions_unknown_case_id_cases_id_fk" FOREIGN KEY ("unknown_case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reunions" ADD CONSTRAINT "reunions_family_case_id_cases_id_fk" FOREIGN KEY ("family_case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE candidate_matches FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "reunion_steps_reunion_id_index" ON "reunion_steps" USING btree ("reunion_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reunions_one_of_candidate" ON "reunions" USING btree ("candidate_id") WHERE "reunions"."state" not in ('refuted', 'declined', 'undone');--> statement-breakpoint
CREATE UNIQUE INDEX "reunions_one_of_unknown" ON "reunions" USING btree ("unknown_case_id") WHERE "reunions"."state" in ('confirmed', 'notified', 'consented', 'family-told', 'reunited');--> statement-breakpoint
CREATE UNIQUE INDEX "reunions_one_of_family" ON "reunions" USING btree ("family_case_id") WHERE "reunions"."state" in ('confirmed', 'notified', 'consented', 'family-told', 'reunited');--> statement-breakpoint
CREATE INDEX "reunions_unknown_case_id_index" ON "reunions" USING btree ("unknown_case_id");--> statement-breakpoint
CREATE INDEX "reunions_family_case_id_index" ON "reunions" USING btree ("family_case_id");--> statement-breakpoint
ALTER TABLE reunions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (state, version, notified_at) ON reunions TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON reunions TO homeward_laboratory USING (true);--> statement-breakpoint
-- The status of a case follows from its reunions as well.
GRANT SELECT ON reunions TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON reunions FOR SELECT TO homeward_engine USING (true);--> statement-breakpoint
-- A withdrawal takes what was computed, and leaves that there was a reunion.
GRANT SELECT, UPDATE (candidate_id) ON reunions TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON reunions TO homeward_keeper USING (true) WITH CHECK (candidate_id IS NULL);--> statement-breakpoint
GRANT SELECT ON reunions TO homeward_police;--> statement-breakpoint
CREATE POLICY police ON reunions FOR SELECT TO homeward_police
	USING (notified_at IS NOT NULL AND EXISTS (SELECT FROM cases c WHERE c.id IN (unknown_case_id, family_case_id)));--> statement-breakpoint
ALTER TABLE reunion_steps ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON reunion_steps TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON reunion_steps TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT (id, reunion_id), UPDATE (evidence) ON reunion_steps TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON reunion_steps TO homeward_keeper USING (true) WITH CHECK (evidence IS NULL);--> statement-breakpoint
-- What was said stays with the laboratory.
GRANT SELECT (id, reunion_id, state, at) ON reunion_steps TO homeward_police;--> statement-breakpoint
CREATE POLICY police ON reunion_steps FOR SELECT TO homeward_police
	USING (EXISTS (SELECT FROM reunions r WHERE r.id = reunion_id));
