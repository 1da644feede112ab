ALTER TABLE "leaderboards" ADD COLUMN "grace_s" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "player_statistics" ADD COLUMN "last_played_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "played_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "player_statistics" SET "last_played_at" = "last"."at" FROM (SELECT "player_id", "leaderboard_id", max("submitted_at") AS "at" FROM "submissions" GROUP BY 1, 2) AS "last" WHERE "last"."player_id" = "player_statistics"."player_id" AND "last"."leaderboard_id" = "player_statistics"."leaderboard_id";
