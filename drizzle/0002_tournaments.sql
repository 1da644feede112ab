CREATE TABLE "tournament_entries" (
	"tournament_id" uuid NOT NULL,
	"player_id" uuid NOT NULL,
	"joined_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"order_key" bigint,
	"reached_seq" bigint,
	CONSTRAINT "tournament_entries_pkey" PRIMARY KEY("tournament_id","player_id")
);
--> statement-breakpoint
CREATE TABLE "tournament_sources" (
	"tournament_id" uuid NOT NULL,
	"source" text NOT NULL,
	"player_id" uuid NOT NULL,
	CONSTRAINT "tournament_sources_pkey" PRIMARY KEY("tournament_id","source")
);
--> statement-breakpoint
CREATE TABLE "tournament_standings" (
	"tournament_id" uuid NOT NULL,
	"rank" integer NOT NULL,
	"player_id" uuid,
	"player_hash" text NOT NULL,
	"order_key" bigint NOT NULL,
	"reached_seq" bigint NOT NULL,
	"attempts" integer NOT NULL,
	CONSTRAINT "tournament_standings_pkey" PRIMARY KEY("tournament_id","rank"),
	CONSTRAINT "tournament_standings_player" UNIQUE("tournament_id","player_id")
);
--> statement-breakpoint
CREATE TABLE "tournaments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"game_id" uuid NOT NULL,
	"leaderboard_id" uuid NOT NULL,
	"series_id" uuid,
	"name" text NOT NULL,
	"starts_at" timestamp (3) with time zone NOT NULL,
	"ends_at" timestamp (3) with time zone NOT NULL,
	"registration_opens_at" timestamp (3) with time zone,
	"registration_closes_at" timestamp (3) with time zone,
	"join_required" boolean NOT NULL,
	"capacity" integer,
	"max_attempts" integer,
	"min_score" bigint,
	"prize_table" jsonb NOT NULL,
	"claim_expires_after_s" integer,
	"grace_s" integer DEFAULT 60 NOT NULL,
	"metadata" jsonb,
	"entrants" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"cancelled_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"checksum" text,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "ledger_entries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"transaction_id" uuid NOT NULL,
	"account" text NOT NULL,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "ledger_entries_side" UNIQUE("transaction_id","account","currency"),
	CONSTRAINT "ledger_entries_currency" CHECK (currency in ('coins', 'gems'))
);
--> statement-breakpoint
CREATE TABLE "prizes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"tournament_id" uuid NOT NULL,
	"player_id" uuid,
	"rank" integer NOT NULL,
	"coins" bigint NOT NULL,
	"gems" bigint NOT NULL,
	"awarded_at" timestamp (3) with time zone NOT NULL,
	"claimed_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone,
	CONSTRAINT "prizes_tournament_player" UNIQUE("tournament_id","player_id"),
	CONSTRAINT "prizes_tournament_rank" UNIQUE("tournament_id","rank")
);
--> statement-breakpoint
CREATE TABLE "wallets" (
	"player_id" uuid PRIMARY KEY NOT NULL,
	"coins" bigint DEFAULT 0 NOT NULL,
	"gems" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tournaments" ADD CONSTRAINT "tournaments_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tournaments" ADD CONSTRAINT "tournaments_leaderboard_id_leaderboards_id_fk" FOREIGN KEY ("leaderboard_id") REFERENCES "public"."leaderboards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "tournament_entries_standing_order" ON "tournament_entries" USING btree ("tournament_id","order_key","reached_seq");--> statement-breakpoint
CREATE INDEX "tournament_entries_player" ON "tournament_entries" USING btree ("player_id");--> statement-breakpoint
CREATE INDEX "tournament_sources_player" ON "tournament_sources" USING btree ("player_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tournament_standings_standing_order" ON "tournament_standings" USING btree ("tournament_id","order_key","reached_seq");--> statement-breakpoint
CREATE INDEX "tournament_standings_history" ON "tournament_standings" USING btree ("player_id");--> statement-breakpoint
CREATE INDEX "tournaments_game" ON "tournaments" USING btree ("game_id","starts_at","id");--> statement-breakpoint
CREATE INDEX "tournaments_unsettled" ON "tournaments" USING btree ("leaderboard_id","ends_at") WHERE settled_at is null and cancelled_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tournaments_board_name_start" ON "tournaments" USING btree ("leaderboard_id","name","starts_at") WHERE cancelled_at is null;--> statement-breakpoint
CREATE INDEX "ledger_entries_account" ON "ledger_entries" USING btree ("account");--> statement-breakpoint
CREATE INDEX "prizes_player" ON "prizes" USING btree ("player_id","awarded_at","id");