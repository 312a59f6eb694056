CREATE TABLE "barcode_blocks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"collection_point_id" uuid NOT NULL,
	"kit" text NOT NULL,
	"lot" text NOT NULL,
	"expires_on" date NOT NULL,
	"issued_by" text NOT NULL,
	"issued_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "barcodes" (
	"barcode" text PRIMARY KEY NOT NULL,
	"serial" bigint NOT NULL,
	"block_id" uuid NOT NULL,
	"collection_point_id" uuid NOT NULL,
	"state" text DEFAULT 'issued' NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"drawn_at" timestamp with time zone,
	"typed_at" timestamp with time zone,
	"sample_code" text,
	"replaces" text,
	CONSTRAINT "barcodes_serial_unique" UNIQUE("serial")
);
--> statement-breakpoint
CREATE TABLE "custody_alarms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"code" text NOT NULL,
	"barcode" text NOT NULL,
	"collection_point_id" uuid,
	"event" text,
	"at" timestamp with time zone NOT NULL,
	"scanner" text,
	"actor" text,
	"raised_at" timestamp with time zone DEFAULT now() NOT NULL,
	"resolved_by" text,
	"resolved_at" timestamp with time zone,
	"resolution" text,
	"content_hash" text NOT NULL,
	CONSTRAINT "custody_alarms_contentHash_unique" UNIQUE("content_hash"),
	CONSTRAINT "custody_alarms_resolution" CHECK (("custody_alarms"."resolved_at" is null) = ("custody_alarms"."resolved_by" is null) and ("custody_alarms"."resolved_at" is null) = ("custody_alarms"."resolution" is null))
);
--> statement-breakpoint
CREATE TABLE "custody_scans" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "custody_scans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"barcode" text NOT NULL,
	"collection_point_id" uuid NOT NULL,
	"event" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"party" text,
	"scanner" text NOT NULL,
	"actor" text NOT NULL,
	"recorded_at" timestamp with time zone DEFAULT now() NOT NULL,
	"content_hash" text NOT NULL,
	CONSTRAINT "custody_scans_contentHash_unique" UNIQUE("content_hash")
);
--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "address" text;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "latitude" double precision;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "longitude" double precision;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "state" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "state_reason" text;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "monthly_quota" integer;--> statement-breakpoint
ALTER TABLE "collection_points" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
-- What refers to collection points is checked against them, which the fence would forbid.
ALTER TABLE "collection_points" NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "barcode_blocks" ADD CONSTRAINT "barcode_blocks_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barcodes" ADD CONSTRAINT "barcodes_block_id_barcode_blocks_id_fk" FOREIGN KEY ("block_id") REFERENCES "public"."barcode_blocks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barcodes" ADD CONSTRAINT "barcodes_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "barcodes" ADD CONSTRAINT "barcodes_replaces_barcodes_barcode_fk" FOREIGN KEY ("replaces") REFERENCES "public"."barcodes"("barcode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custody_alarms" ADD CONSTRAINT "custody_alarms_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custody_scans" ADD CONSTRAINT "custody_scans_barcode_barcodes_barcode_fk" FOREIGN KEY ("barcode") REFERENCES "public"."barcodes"("barcode") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "custody_scans" ADD CONSTRAINT "custody_scans_collection_point_id_collection_points_id_fk" FOREIGN KEY ("collection_point_id") REFERENCES "public"."collection_points"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "collection_points" FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "barcodes_block_id_index" ON "barcodes" USING btree ("block_id");--> statement-breakpoint
CREATE INDEX "barcodes_sample" ON "barcodes" USING btree ("collection_point_id","sample_code");--> statement-breakpoint
CREATE UNIQUE INDEX "barcodes_replaces" ON "barcodes" USING btree ("replaces");--> statement-breakpoint
CREATE INDEX "barcodes_under_way" ON "barcodes" USING btree ("since") WHERE "barcodes"."state" in ('drawn', 'dispatched');--> statement-breakpoint
CREATE INDEX "barcodes_ended" ON "barcodes" USING btree ("since") WHERE "barcodes"."state" in ('lost', 'destroyed');--> statement-breakpoint
CREATE INDEX "custody_alarms_barcode_index" ON "custody_alarms" USING btree ("barcode");--> statement-breakpoint
CREATE INDEX "custody_alarms_open" ON "custody_alarms" USING btree ("raised_at") WHERE "custody_alarms"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "custody_scans_barcode_index" ON "custody_scans" USING btree ("barcode");--> statement-breakpoint
-- Collection points: changed by the gate, held still by whoever writes for one, read by the laboratory.
GRANT UPDATE (name, division, address, phone, latitude, longitude, state, state_reason, monthly_quota, version) ON collection_points TO homeward_gate;--> statement-breakpoint
GRANT SELECT (code, state, monthly_quota), UPDATE (created_at) ON collection_points TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point_locks ON collection_points FOR UPDATE TO homeward_collection_point
	USING (id = (SELECT scoped_collection_point())) WITH CHECK (false);--> statement-breakpoint
GRANT SELECT (id, code, division) ON collection_points TO homeward_laboratory;--> statement-breakpoint
-- Barcodes: issued by the laboratory; what is in a tube is said by its point, and forgotten by the keeper.
ALTER TABLE barcode_blocks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON barcode_blocks TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON barcode_blocks TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT ON barcode_blocks TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON barcode_blocks FOR SELECT TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
ALTER TABLE barcodes ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (state, since, typed_at) ON barcodes TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON barcodes TO homeward_laboratory USING (true);--> statement-breakpoint
GRANT SELECT, UPDATE (state, since, drawn_at, sample_code, replaces) ON barcodes TO homeward_collection_point;--> statement-breakpoint
CREATE POLICY collection_point ON barcodes TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));--> statement-breakpoint
GRANT SELECT (barcode, collection_point_id, sample_code), UPDATE (sample_code) ON barcodes TO homeward_keeper;--> statement-breakpoint
CREATE POLICY keeper ON barcodes TO homeward_keeper USING (true);--> statement-breakpoint
-- Scans: added to, and changed by nobody.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON custody_scans FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
ALTER TABLE custody_scans ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON custody_scans TO homeward_laboratory, homeward_collection_point;--> statement-breakpoint
CREATE POLICY laboratory ON custody_scans TO homeward_laboratory USING (true);--> statement-breakpoint
CREATE POLICY collection_point ON custody_scans TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()))
	WITH CHECK (collection_point_id = (SELECT scoped_collection_point())
		AND EXISTS (SELECT FROM barcodes b WHERE b.barcode = custody_scans.barcode));--> statement-breakpoint
-- Alarms: raised by whoever scans, answered by the laboratory.
ALTER TABLE custody_alarms ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT ON custody_alarms TO homeward_laboratory, homeward_collection_point;--> statement-breakpoint
GRANT UPDATE (resolved_by, resolved_at, resolution) ON custody_alarms TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON custody_alarms TO homeward_laboratory USING (true);--> statement-breakpoint
CREATE POLICY collection_point ON custody_alarms TO homeward_collection_point
	USING (collection_point_id = (SELECT scoped_collection_point()));
