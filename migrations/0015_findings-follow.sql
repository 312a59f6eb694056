ALTER TABLE "identity_findings" ADD COLUMN "earlier" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
-- A finding follows what is typed later: counted anew, opened again, or dropped while nobody has settled it.
GRANT UPDATE (loci_compared, loci_differing, version, verdict, reason, settled_by, settled_at, earlier), DELETE
  ON identity_findings TO homeward_engine;--> statement-breakpoint
-- What an analyst has settled no search removes; what it opens again stands in earlier.
CREATE POLICY engine_drops ON identity_findings AS RESTRICTIVE FOR DELETE TO homeward_engine
  USING (settled_at IS NULL);
