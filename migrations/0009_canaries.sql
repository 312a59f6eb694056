CREATE TABLE "canaries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"unknown_sample_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"planted_by" text NOT NULL,
	"planted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "canaries_unknownSampleId_familyId_unique" UNIQUE("unknown_sample_id","family_id")
);
--> statement-breakpoint
-- What refers to them is checked against them, which the fence would forbid to their owner.
ALTER TABLE families NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE samples NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "canaries" ADD CONSTRAINT "canaries_unknown_sample_id_samples_id_fk" FOREIGN KEY ("unknown_sample_id") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "canaries" ADD CONSTRAINT "canaries_family_id_families_id_fk" FOREIGN KEY ("family_id") REFERENCES "public"."families"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE families FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE samples FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "canaries_family_id_index" ON "canaries" USING btree ("family_id");--> statement-breakpoint
ALTER TABLE canaries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (planted_by) ON canaries TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON canaries TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, DELETE ON canaries TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON canaries TO homeward_keeper USING (true);--> statement-breakpoint
-- Canaries are named by the code of their point.
GRANT SELECT (id, code) ON collection_points TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON collection_points FOR SELECT TO homeward_laboratory USING (true);
