CREATE TABLE "event_duplicates" (
	"hour" timestamp (3) with time zone NOT NULL,
	"game_id" uuid NOT NULL,
	"type" text NOT NULL,
	"events" bigint NOT NULL,
	CONSTRAINT "event_duplicates_pkey" PRIMARY KEY("hour","game_id","type")
);
--> statement-breakpoint
CREATE TABLE "event_failures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "event_failures_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"projection" text NOT NULL,
	"event_id" uuid NOT NULL,
	"player_id" uuid NOT NULL,
	"event" jsonb NOT NULL,
	"attempts" smallint NOT NULL,
	"reason" text,
	"failed_at" timestamp (3) with time zone NOT NULL,
	"try_at" timestamp (3) with time zone NOT NULL,
	"dead_at" timestamp (3) with time zone,
	CONSTRAINT "event_failures_event" UNIQUE("projection","event_id")
);
--> statement-breakpoint
CREATE TABLE "event_head" (
	"id" smallint PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_hours" (
	"hour" timestamp (3) with time zone NOT NULL,
	"game_id" uuid NOT NULL,
	"type" text NOT NULL,
	"events" bigint NOT NULL,
	CONSTRAINT "event_hours_pkey" PRIMARY KEY("hour","game_id","type")
);
--> statement-breakpoint
CREATE TABLE "event_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "event_positions" (
	"projection" text NOT NULL,
	"lane" smallint NOT NULL,
	"position" bigint NOT NULL,
	CONSTRAINT "event_positions_pkey" PRIMARY KEY("projection","lane")
);
--> statement-breakpoint
CREATE TABLE "event_type_names" (
	"game_id" uuid NOT NULL,
	"name" text NOT NULL,
	"type_id" uuid NOT NULL,
	CONSTRAINT "event_type_names_pkey" PRIMARY KEY("game_id","name")
);
--> statement-breakpoint
CREATE TABLE "event_types" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"game_id" uuid NOT NULL,
	"name" text NOT NULL,
	"aliases" jsonb NOT NULL,
	"schema" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"position" bigint NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"id" uuid NOT NULL,
	"game_id" uuid NOT NULL,
	"player_id" uuid NOT NULL,
	"type" text NOT NULL,
	"version" smallint NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"timestamp_text" text NOT NULL,
	"client_id" text,
	"app_version" text,
	"platform" text,
	"session_id" text,
	"locale" text,
	"payload" jsonb NOT NULL,
	CONSTRAINT "events_pkey" PRIMARY KEY("position","received_at")
) PARTITION BY RANGE ("received_at");
--> statement-breakpoint
CREATE TABLE "player_event_counts" (
	"player_id" uuid NOT NULL,
	"game_id" uuid NOT NULL,
	"type" text NOT NULL,
	"events" bigint NOT NULL,
	"first_at" timestamp (3) with time zone NOT NULL,
	"last_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "player_event_counts_pkey" PRIMARY KEY("player_id","game_id","type")
);
--> statement-breakpoint
ALTER TABLE "leaderboards" ADD COLUMN "score_rules" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
CREATE INDEX "event_failures_waiting" ON "event_failures" USING btree ("projection","player_id","seq") WHERE dead_at is null;--> statement-breakpoint
CREATE INDEX "event_failures_dead" ON "event_failures" USING btree ("dead_at","id") WHERE dead_at is not null;--> statement-breakpoint
CREATE INDEX "events_player" ON "events" USING btree ("player_id","position");--> statement-breakpoint
INSERT INTO "event_head" ("id", "position") VALUES (1, 0);