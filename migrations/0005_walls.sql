CREATE SCHEMA "vault";
--> statement-breakpoint
CREATE TABLE "request_nonces" (
	"key_id" text NOT NULL,
	"nonce" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "request_nonces_key_id_nonce_pk" PRIMARY KEY("key_id","nonce")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"nonce" text NOT NULL,
	"code_verifier" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"role" text NOT NULL,
	"name" text NOT NULL,
	"collection_point_id" uuid,
	"jurisdiction" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone,
	CONSTRAINT "users_scope" CHECK (("users"."role" = 'collection-point') = ("users"."collection_point_id" is not null) and ("users"."role" = 'police') = ("users"."jurisdiction" is not null))
);
--> statement-breakpoint
CREATE TABLE "data_key_pages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ring_key" text NOT NULL,
	"keys" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "genotype_pages" (
	"key_page_id" uuid PRIMARY KEY NOT NULL,
	"people" smallint NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tombstones" (
	"sample_id" uuid PRIMARY KEY NOT NULL,
	"collection_point_id" uuid NOT NULL,
	"code" text NOT NULL,
	"case_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"requested_by" text,
	"candidates" integer NOT NULL,
	"withdrawn_at" timestamp with time zone DEFAULT now() NOT NULL,
	"written_in" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	CONSTRAINT "tombstones_collectionPointId_code_unique" UNIQUE("collection_point_id","code")
);
--> statement-breakpoint
CREATE TABLE "break_glass_grants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"opened_by" text NOT NULL,
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"verdict" text,
	"remark" text,
	"reviewed_by" text,
	"reviewed_at" timestamp with time zone,
	CONSTRAINT "break_glass_grants_reviewer" CHECK ("break_glass_grants"."reviewed_by" <> "break_glass_grants"."opened_by")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"collection_point_id" uuid NOT NULL,
	"sample_code" text NOT NULL,
	"version" text NOT NULL,
	"purpose" text NOT NULL,
	"signer" text NOT NULL,
	"signed_on" date NOT NULL,
	"age_years" smallint NOT NULL,
	"deceased" boolean NOT NULL,
	"retain_until" date NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "consents_collectionPointId_sampleCode_version_unique" UNIQUE("collection_point_id","sample_code","version"),
	CONSTRAINT "consents_retention" CHECK ("consents"."retain_until" > "consents"."signed_on")
);
--> statement-breakpoint
CREATE TABLE "vault"."identities" (
	"sample_id" uuid PRIMARY KEY NOT NULL,
	"name" "bytea" NOT NULL,
	"national_id" "bytea",
	"phone" "bytea",
	"address" "bytea",
	"photo" "bytea",
	"key_page_id" uuid NOT NULL,
	"key_slot" smallint NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "legal_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"case_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"until" date NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"released_by" text,
	"released_at" timestamp with time zone,
	CONSTRAINT "legal_holds_release" CHECK (("legal_holds"."released_by" is null) = ("legal_holds"."released_at" is null))
);
--> statement-breakpoint
ALTER TABLE "review_decisions" DROP CONSTRAINT "review_decisions_decided_by_api_keys_id_fk";
--> statement-breakpoint
ALTER TABLE "api_keys" ALTER COLUMN "secret_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "api_keys" ADD COLUMN "public_key" text;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "collection_point_id" uuid;--> statement-breakpoint
UPDATE "cases" SET "collection_point_id" = coalesce(
	(SELECT f."collection_point_id" FROM "families" f WHERE f."case_id" = "cases"."id" LIMIT 1),
	(SELECT s."collection_point_id" FROM "samples" s WHERE s."case_id" = "cases"."id" LIMIT 1));--> statement-breakpoint
ALTER TABLE "cases" ALTER COLUMN "collection_point_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "key_page_id" uuid;--> statement-breakpoint
ALTER TABLE "profiles" ADD COLUMN "key_slot" smallint;--> statement-breakpoint
ALTER TABLE "request_nonces" ADD CONSTRAINT "request_nonces_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."api_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "genotype_pages" ADD CONSTRAINT "genotype_pages_key_page_id_data_key_pages_id_fk" FOREIGN KEY ("key_page_id") REFERENCES "public"."data_key_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tombstones" ADD CONSTRAINT "tombstones_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tombstones" ADD CONSTRAINT "tombstones_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass_grants" ADD CONSTRAINT "break_glass_grants_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault"."identities" ADD CONSTRAINT "identities_sample_id_samples_id_fk" FOREIGN KEY ("sample_id") REFERENCES "public"."samples"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "vault"."identities" ADD CONSTRAINT "identities_key_page_id_data_key_pages_id_fk" FOREIGN KEY ("key_page_id") REFERENCES "public"."data_key_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_holds" ADD CONSTRAINT "legal_holds_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "request_nonces_expires_at_index" ON "request_nonces" USING btree ("expires_at");--> statement-breakpoint
CREATE UNIQUE INDEX "users_subject" ON "users" USING btree ("issuer","subject") WHERE "users"."disabled_at" is null;--> statement-breakpoint
CREATE INDEX "data_key_pages_ring_key_index" ON "data_key_pages" USING btree ("ring_key");--> statement-breakpoint
CREATE INDEX "tombstones_written_in_index" ON "tombstones" USING btree ("written_in");--> statement-breakpoint
CREATE INDEX "break_glass_grants_case_id_index" ON "break_glass_grants" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "break_glass_grants_unreviewed" ON "break_glass_grants" USING btree ("opened_at") WHERE "break_glass_grants"."reviewed_at" is null;--> statement-breakpoint
CREATE INDEX "consents_retention_end" ON "consents" USING btree ("retain_until") WHERE "consents"."withdrawn_at" is null;--> statement-breakpoint
CREATE INDEX "identities_key_page_id_index" ON "vault"."identities" USING btree ("key_page_id");--> statement-breakpoint
CREATE INDEX "legal_holds_case_id_index" ON "legal_holds" USING btree ("case_id");--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "profiles" ADD CONSTRAINT "profiles_key_page_id_data_key_pages_id_fk" FOREIGN KEY ("key_page_id") REFERENCES "public"."data_key_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "candidate_matches_child_profile_id_index" ON "candidate_matches" USING btree ("child_profile_id");--> statement-breakpoint
CREATE INDEX "profiles_key_page_id_index" ON "profiles" USING btree ("key_page_id");--> statement-breakpoint
CREATE INDEX "profiles_clear" ON "profiles" USING btree ("id") WHERE "profiles"."key_page_id" is null;--> statement-breakpoint
CREATE INDEX "sweep_candidates_candidate_id_index" ON "sweep_candidates" USING btree ("candidate_id");--> statement-breakpoint
CREATE INDEX "sweep_candidates_unknown_sample_id_index" ON "sweep_candidates" USING btree ("unknown_sample_id");--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_publicKey_unique" UNIQUE("public_key");--> statement-breakpoint
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_proof" CHECK (("api_keys"."secret_hash" is null) <> ("api_keys"."public_key" is null));