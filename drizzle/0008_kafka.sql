CREATE TABLE "event_records" (
	"event_id" uuid PRIMARY KEY NOT NULL,
	"topic_id" uuid NOT NULL,
	"partition" smallint NOT NULL,
	"record_offset" bigint NOT NULL,
	"met_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kafka_positions" (
	"reader" text NOT NULL,
	"topic_id" uuid NOT NULL,
	"partition" smallint NOT NULL,
	"next" bigint NOT NULL,
	CONSTRAINT "kafka_positions_pkey" PRIMARY KEY("reader","topic_id","partition")
);
--> statement-breakpoint
CREATE TABLE "rejected_records" (
	"topic_id" uuid NOT NULL,
	"partition" smallint NOT NULL,
	"record_offset" bigint NOT NULL,
	"key" "bytea",
	"value" "bytea",
	"reason" text NOT NULL,
	"rejected_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "rejected_records_pkey" PRIMARY KEY("topic_id","partition","record_offset")
);
--> statement-breakpoint
CREATE TABLE "sent_dead_letters" (
	"failure_id" uuid PRIMARY KEY NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sent_dead_letters" ADD CONSTRAINT "sent_dead_letters_failure_id_event_failures_id_fk" FOREIGN KEY ("failure_id") REFERENCES "public"."event_failures"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "event_records_met" ON "event_records" USING btree ("met_at");--> statement-breakpoint
CREATE INDEX "event_records_address" ON "event_records" USING btree ("topic_id","partition","record_offset");--> statement-breakpoint
CREATE INDEX "rejected_records_unsent" ON "rejected_records" USING btree ("rejected_at") WHERE sent_at is null;