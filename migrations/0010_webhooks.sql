CREATE TABLE "webhook_deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "webhook_deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"webhook_id" uuid NOT NULL,
	"case_number" text NOT NULL,
	"status" text NOT NULL,
	"happened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"delivered_at" timestamp with time zone,
	"abandoned_at" timestamp with time zone,
	"failure" text
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"jurisdiction" text NOT NULL,
	"url" text NOT NULL,
	"secret" "bytea" NOT NULL,
	"key_page_id" uuid NOT NULL,
	"key_slot" smallint NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"disabled_at" timestamp with time zone
);
--> statement-breakpoint
-- What refers to them is checked against them, which the fence would forbid to their owner.
ALTER TABLE data_key_pages NO FORCE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_webhooks_id_fk" FOREIGN KEY ("webhook_id") REFERENCES "public"."webhooks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_key_page_id_data_key_pages_id_fk" FOREIGN KEY ("key_page_id") REFERENCES "public"."data_key_pages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE data_key_pages FORCE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_due" ON "webhook_deliveries" USING btree ("due_at") WHERE "webhook_deliveries"."delivered_at" is null and "webhook_deliveries"."abandoned_at" is null;--> statement-breakpoint
CREATE INDEX "webhook_deliveries_webhook_id_index" ON "webhook_deliveries" USING btree ("webhook_id");--> statement-breakpoint
ALTER TABLE webhooks ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (disabled_at) ON webhooks TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON webhooks TO homeward_laboratory USING (true);--> statement-breakpoint
-- The secret of a webhook is sealed with a key of its own.
GRANT INSERT ON data_key_pages TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory_adds ON data_key_pages FOR INSERT TO homeward_laboratory WITH CHECK (true);--> statement-breakpoint
-- Whoever moves a case tells those who watch it, and sees no secret.
GRANT SELECT (id, jurisdiction, disabled_at) ON webhooks TO homeward_engine, homeward_keeper;--> statement-breakpoint
CREATE POLICY engine_and_keeper ON webhooks FOR SELECT TO homeward_engine, homeward_keeper USING (true);--> statement-breakpoint
ALTER TABLE webhook_deliveries ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;--> statement-breakpoint
GRANT INSERT ON webhook_deliveries TO homeward_engine, homeward_keeper, homeward_laboratory;--> statement-breakpoint
CREATE POLICY engine_and_keeper ON webhook_deliveries FOR INSERT TO homeward_engine, homeward_keeper WITH CHECK (true);--> statement-breakpoint
GRANT SELECT, UPDATE (attempts, due_at, delivered_at, abandoned_at, failure) ON webhook_deliveries TO homeward_laboratory;--> statement-breakpoint
CREATE POLICY laboratory ON webhook_deliveries TO homeward_laboratory USING (true);
