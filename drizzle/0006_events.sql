CREATE TABLE "event_head" (
	"id" smallint PRIMARY KEY NOT NULL,
	"position" bigint NOT NULL
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
CREATE INDEX "events_player" ON "events" USING btree ("player_id","position");--> statement-breakpoint
INSERT INTO "event_head" ("id", "position") VALUES (1, 0);