CREATE TABLE "sweep_blocks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sweep_blocks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"sweep_id" uuid NOT NULL,
	"from_sample_id" uuid NOT NULL,
	"to_sample_id" uuid,
	"family_shard" integer NOT NULL,
	"state" text DEFAULT 'pending' NOT NULL,
	"offered_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" text,
	CONSTRAINT "sweep_blocks_sweepId_fromSampleId_familyShard_unique" UNIQUE("sweep_id","from_sample_id","family_shard")
);
--> statement-breakpoint
CREATE TABLE "sweep_candidates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sweep_id" uuid NOT NULL,
	"unknown_sample_id" uuid NOT NULL,
	"family_id" uuid NOT NULL,
	"candidate_id" uuid NOT NULL,
	"log10_lr_before" double precision,
	"relationship_before" text,
	"log10_lr_after" double precision,
	"relationship_after" text,
	CONSTRAINT "sweep_candidates_sweepId_unknownSampleId_familyId_unique" UNIQUE("sweep_id","unknown_sample_id","family_id")
);
--> statement-breakpoint
CREATE TABLE "sweeps" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"policy_id" uuid NOT NULL,
	"previous_policy_id" uuid,
	"reason" text NOT NULL,
	"engine_version" text NOT NULL,
	"state" text DEFAULT 'running' NOT NULL,
	"requested_at" timestamp with time zone DEFAULT now() NOT NULL,
	"planned_at" timestamp with time zone,
	"snapshot" text,
	"unknowns" integer,
	"families" integer,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "search_requests" DROP CONSTRAINT "search_requests_kind";--> statement-breakpoint
DELETE FROM "search_requests" WHERE "kind" = 'sweep';--> statement-breakpoint
ALTER TABLE "search_requests" ALTER COLUMN "profile_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_matches" ADD COLUMN "lapsed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "sweep_blocks" ADD CONSTRAINT "sweep_blocks_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_candidates" ADD CONSTRAINT "sweep_candidates_sweep_id_sweeps_id_fk" FOREIGN KEY ("sweep_id") REFERENCES "public"."sweeps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_candidates" ADD CONSTRAINT "sweep_candidates_unknown_sample_id_samples_id_fk" FOREIGN KEY ("unknown_sample_id") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_candidates" ADD CONSTRAINT "sweep_candidates_family_id_families_id_fk" FOREIGN KEY ("family_id") REFERENCES "public"."families"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweep_candidates" ADD CONSTRAINT "sweep_candidates_candidate_id_candidate_matches_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate_matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_policy_id_policies_id_fk" FOREIGN KEY ("policy_id") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sweeps" ADD CONSTRAINT "sweeps_previous_policy_id_policies_id_fk" FOREIGN KEY ("previous_policy_id") REFERENCES "public"."policies"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "sweep_blocks_pending" ON "sweep_blocks" USING btree ("id") WHERE "sweep_blocks"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "sweeps_policy_id_index" ON "sweeps" USING btree ("policy_id");--> statement-breakpoint
CREATE UNIQUE INDEX "sweeps_one_running" ON "sweeps" USING btree ("state") WHERE "sweeps"."state" = 'running';--> statement-breakpoint
ALTER TABLE "search_requests" DROP COLUMN "kind";