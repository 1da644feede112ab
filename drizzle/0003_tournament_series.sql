CREATE TABLE "tournament_series" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"game_id" uuid NOT NULL,
	"leaderboard_id" uuid NOT NULL,
	"name" text NOT NULL,
	"cron" text NOT NULL,
	"time_zone" text NOT NULL,
	"duration_s" integer NOT NULL,
	"rules" jsonb NOT NULL,
	"next_starts_at" timestamp (3) with time zone NOT NULL,
	"makes_next_at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT clock_timestamp() NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "tournament_series" ADD CONSTRAINT "tournament_series_game_id_games_id_fk" FOREIGN KEY ("game_id") REFERENCES "public"."games"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tournament_series" ADD CONSTRAINT "tournament_series_leaderboard_id_leaderboards_id_fk" FOREIGN KEY ("leaderboard_id") REFERENCES "public"."leaderboards"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "tournament_series_game" ON "tournament_series" USING btree ("game_id","created_at","id");--> statement-breakpoint
CREATE INDEX "tournament_series_due" ON "tournament_series" USING btree ("makes_next_at") WHERE ended_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "tournament_series_board_name" ON "tournament_series" USING btree ("leaderboard_id","name") WHERE ended_at is null;--> statement-breakpoint
ALTER TABLE "tournaments" ADD CONSTRAINT "tournaments_series_id_tournament_series_id_fk" FOREIGN KEY ("series_id") REFERENCES "public"."tournament_series"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tournaments" ADD CONSTRAINT "tournaments_series_start" UNIQUE("series_id","starts_at");