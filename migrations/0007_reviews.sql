CREATE TABLE "review_claims" (
	"candidate_id" uuid NOT NULL,
	"analyst_id" text NOT NULL,
	"claimed_by" text NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "review_claims_candidate_id_analyst_id_pk" PRIMARY KEY("candidate_id","analyst_id")
);
--> statement-breakpoint
CREATE TABLE "review_notes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"candidate_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"written_by" text NOT NULL,
	"written_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
DROP INDEX "review_decisions_candidate_id_index";--> statement-breakpoint
ALTER TABLE "candidate_matches" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "candidate_matches" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "review_decisions" ADD COLUMN "round" integer;--> statement-breakpoint
ALTER TABLE "review_decisions" ADD COLUMN "ordinal" smallint;--> statement-breakpoint
-- Until now one analyst settled a candidate, and the next could settle it otherwise: each decision had a round of
-- its own. What was supported or excluded stays so; everything else is open for two. The owner is fenced as well.
ALTER TABLE review_decisions NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE candidate_matches NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
UPDATE review_decisions d SET ordinal = 1, round = numbered.round
	FROM (SELECT id, row_number() OVER (PARTITION BY candidate_id ORDER BY decided_at, id) AS round FROM review_decisions) numbered
	WHERE numbered.id = d.id;--> statement-breakpoint
UPDATE candidate_matches m SET round = (SELECT count(*) FROM review_decisions d WHERE d.candidate_id = m.id)
	WHERE state IN ('supported', 'excluded');--> statement-breakpoint
UPDATE candidate_matches m SET round = 1 + (SELECT count(*) FROM review_decisions d WHERE d.candidate_id = m.id), state = 'proposed'
	WHERE state NOT IN ('supported', 'excluded');--> statement-breakpoint
ALTER TABLE review_decisions FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "review_decisions" ALTER COLUMN "round" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "review_decisions" ALTER COLUMN "ordinal" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "review_claims" ADD CONSTRAINT "review_claims_candidate_id_candidate_matches_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate_matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "review_notes" ADD CONSTRAINT "review_notes_candidate_id_candidate_matches_id_fk" FOREIGN KEY ("candidate_id") REFERENCES "public"."candidate_matches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE candidate_matches FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "review_claims_analyst_id_index" ON "review_claims" USING btree ("analyst_id");--> statement-breakpoint
CREATE INDEX "review_notes_candidate_id_index" ON "review_notes" USING btree ("candidate_id");--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_candidateId_round_ordinal_unique" UNIQUE("candidate_id","round","ordinal");--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_candidateId_round_decidedBy_unique" UNIQUE("candidate_id","round","decided_by");--> statement-breakpoint
ALTER TABLE "review_decisions" ADD CONSTRAINT "review_decisions_ordinal" CHECK ("review_decisions"."ordinal" between 1 and 3);--> statement-breakpoint
GRANT UPDATE (round, version) ON candidate_matches TO homeward_engine, homeward_laboratory;--> statement-breakpoint
ALTER TABLE review_claims ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, DELETE, UPDATE (claimed_by, claimed_at, expires_at) ON review_claims TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON review_claims TO homeward_laboratory USING (true);--> statement-breakpoint
ALTER TABLE review_notes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON review_notes TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON review_notes TO homeward_laboratory USING (true);--> statement-breakpoint
-- What was said of candidates that are removed goes with them.
GRANT SELECT, DELETE ON review_claims, review_notes TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON review_claims TO homeward_keeper USING (true);--> statement-breakpoint
CREATE POLICY keeper ON review_notes TO homeward_keeper USING (true);--> statement-breakpoint
-- A signature counts in the round that is open, for the revision that stands, after those before it.
CREATE FUNCTION check_review_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'UPDATE' THEN
		RAISE EXCEPTION 'a decision is never changed' USING ERRCODE = 'restrict_violation';
	END IF;
	IF NOT EXISTS (SELECT FROM candidate_matches m WHERE m.id = NEW.candidate_id
			AND m.round = NEW.round AND m.revision = NEW.revision AND m.state IN ('proposed', 'second-opinion', 'disputed'))
		OR NEW.ordinal <> 1 + (SELECT count(*) FROM review_decisions d
			WHERE d.candidate_id = NEW.candidate_id AND d.round = NEW.round) THEN
		RAISE EXCEPTION 'the candidate takes no such decision' USING ERRCODE = 'check_violation';
	END IF;
	RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER check_review_decision BEFORE INSERT OR UPDATE ON review_decisions
	FOR EACH ROW EXECUTE FUNCTION check_review_decision();
