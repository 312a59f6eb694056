ALTER TABLE "profiles" DROP CONSTRAINT "profiles_sampleId_unique";--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "superseded_by" uuid;--> statement-breakpoint
CREATE UNIQUE INDEX "profiles_one_current" ON "profiles" USING btree ("sample_id",coalesce("superseded_by", "sample_id"));--> statement-breakpoint
CREATE INDEX "profiles_superseded" ON "profiles" USING btree ("key_page_id") WHERE "profiles"."superseded_by" is not null;--> statement-breakpoint
-- A collection point ends the profile that its own more loci supersede, once and for good.
GRANT UPDATE (superseded_by) ON profiles TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point_supersedes ON profiles AS RESTRICTIVE FOR UPDATE TO homeward_collection_point
	USING (superseded_by IS NULL) WITH CHECK (superseded_by IS NOT NULL);
