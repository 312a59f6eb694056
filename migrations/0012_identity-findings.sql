CREATE TABLE "identity_findings" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sample_id" uuid NOT NULL,
	"other_sample_id" uuid,
	"staff_profile_id" uuid,
	"loci_compared" integer NOT NULL,
	"loci_differing" integer NOT NULL,
	"found_at" timestamp with time zone DEFAULT now() NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"verdict" text,
	"reason" text,
	"settled_by" text,
	"settled_at" timestamp with time zone,
	CONSTRAINT "identity_findings_sampleId_otherSampleId_unique" UNIQUE("sample_id","other_sample_id"),
	CONSTRAINT "identity_findings_sampleId_staffProfileId_unique" UNIQUE("sample_id","staff_profile_id"),
	CONSTRAINT "identity_findings_pair" CHECK (num_nonnulls("identity_findings"."other_sample_id", "identity_findings"."staff_profile_id") = 1 and "identity_findings"."sample_id" < "identity_findings"."other_sample_id"),
	CONSTRAINT "identity_findings_settlement" CHECK (num_nonnulls("identity_findings"."verdict", "identity_findings"."reason", "identity_findings"."settled_by", "identity_findings"."settled_at") in (0, 4))
);
--> statement-breakpoint
CREATE TABLE "staff_profiles" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"genotypes" "bytea" NOT NULL,
	"key_page_id" uuid NOT NULL,
	"key_slot" smallint NOT NULL,
	"consent_version" text NOT NULL,
	"consent_signed_on" date NOT NULL,
	"uploaded_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "staff_profiles_code_unique" UNIQUE("code")
);
--> statement-breakpoint
ALTER TABLE "search_requests" ALTER COLUMN "profile_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "search_requests" ADD COLUMN "staff_profile_id" uuid;--> statement-breakpoint
-- What refers to them is checked against them, which the fence would forbid to their owner.
ALTER TABLE samples NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE profiles NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE data_key_pages NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE search_requests NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "identity_findings" ADD CONSTRAINT "identity_findings_sample_id_samples_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_findings" ADD CONSTRAINT "identity_findings_other_sample_id_samples_id_fk" FOREIGN KEY ("other_sample_id") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identity_findings" ADD CONSTRAINT "identity_findings_staff_profile_id_staff_profiles_id_fk" FOREIGN KEY ("staff_profile_id") REFERENCES "public"."staff_profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_profiles" ADD CONSTRAINT "staff_profiles_key_page_id_data_key_pages_id_fk" FOREIGN KEY ("key_page_id") REFERENCES "public"."data_key_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "identity_findings_other_sample_id_index" ON "identity_findings" USING btree ("other_sample_id");--> statement-breakpoint
CREATE INDEX "identity_findings_staff_profile_id_index" ON "identity_findings" USING btree ("staff_profile_id");--> statement-breakpoint
CREATE INDEX "identity_findings_open" ON "identity_findings" USING btree ("found_at") WHERE "identity_findings"."settled_at" is null;--> statement-breakpoint
ALTER TABLE "search_requests" ADD CONSTRAINT "search_requests_staff_profile_id_staff_profiles_id_fk" FOREIGN KEY ("staff_profile_id") REFERENCES "public"."staff_profiles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "search_requests_staff_profile_id_index" ON "search_requests" USING btree ("staff_profile_id");--> statement-breakpoint
ALTER TABLE "search_requests" ADD CONSTRAINT "search_requests_one" CHECK (num_nonnulls("search_requests"."profile_id", "search_requests"."staff_profile_id") = 1);--> statement-breakpoint
-- People who were stored before were compared with nobody of their own side: everybody is searched once more.
INSERT INTO search_requests (profile_id) SELECT id FROM profiles ORDER BY id;--> statement-breakpoint
ALTER TABLE samples FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE profiles FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE data_key_pages FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE search_requests FORCE ROW LEVEL SECURITY;--> statement-breakpoint
-- Findings: made by the engine, settled by the laboratory, gone with the samples.
ALTER TABLE identity_findings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON identity_findings TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON identity_findings TO homeward_engine USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (version, verdict, reason, settled_by, settled_at) ON identity_findings TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON identity_findings TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, DELETE ON identity_findings TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON identity_findings TO homeward_keeper USING (true);--> statement-breakpoint
-- Staff: written by the laboratory, compared by the engine, removed by the keeper; locked as samples are.
ALTER TABLE staff_profiles ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON staff_profiles TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON staff_profiles TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (created_at) ON staff_profiles TO homeward_engine;--> statement-breakpoint
CREATE POLICY engine ON staff_profiles FOR SELECT TO homeward_engine USING (true);--> statement-breakpoint
CREATE POLICY engine_locks ON staff_profiles FOR UPDATE TO homeward_engine USING (true) WITH CHECK (false);--> statement-breakpoint
GRANT SELECT, DELETE, UPDATE (created_at) ON staff_profiles TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON staff_profiles TO homeward_keeper USING (true) WITH CHECK (false);--> statement-breakpoint
GRANT INSERT (staff_profile_id) ON search_requests TO homeward_laboratory;
