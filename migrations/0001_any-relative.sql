ALTER TABLE "samples" DROP CONSTRAINT "samples_familyId_relation_unique";--> statement-breakpoint
ALTER TABLE "candidate_matches" DROP CONSTRAINT "candidate_matches_father_profile_id_profiles_id_fk";
--> statement-breakpoint
ALTER TABLE "candidate_matches" DROP CONSTRAINT "candidate_matches_mother_profile_id_profiles_id_fk";
--> statement-breakpoint
ALTER TABLE "candidate_matches" ADD COLUMN "family_profile_ids" uuid[];--> statement-breakpoint
ALTER TABLE "candidate_matches" ADD COLUMN "relative_profile_ids" uuid[];--> statement-breakpoint
UPDATE "candidate_matches" SET
	"family_profile_ids" = array_remove(ARRAY["father_profile_id", "mother_profile_id"], NULL),
	"relative_profile_ids" = CASE "relationship"
		WHEN 'father' THEN ARRAY["father_profile_id"]
		WHEN 'mother' THEN ARRAY["mother_profile_id"]
		ELSE ARRAY["father_profile_id", "mother_profile_id"] END;--> statement-breakpoint
ALTER TABLE "candidate_matches" ALTER COLUMN "family_profile_ids" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_matches" ALTER COLUMN "relative_profile_ids" SET NOT NULL;--> statement-breakpoint
CREATE INDEX "samples_family_id_index" ON "samples" USING btree ("family_id");--> statement-breakpoint
CREATE UNIQUE INDEX "samples_one_ancestor" ON "samples" USING btree ("family_id","relation") WHERE "samples"."relation" in ('father', 'mother', 'paternal-grandfather', 'paternal-grandmother', 'maternal-grandfather', 'maternal-grandmother');--> statement-breakpoint
ALTER TABLE "candidate_matches" DROP COLUMN "father_profile_id";--> statement-breakpoint
ALTER TABLE "candidate_matches" DROP COLUMN "mother_profile_id";--> statement-breakpoint
ALTER TABLE "samples" ADD CONSTRAINT "samples_relation" CHECK ("samples"."relation" in ('father', 'mother', 'sibling', 'paternal-half-sibling', 'maternal-half-sibling', 'paternal-grandfather', 'paternal-grandmother', 'maternal-grandfather', 'maternal-grandmother', 'paternal-uncle', 'paternal-aunt', 'maternal-uncle', 'maternal-aunt'));