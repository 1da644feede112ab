ALTER TABLE "tournaments" RENAME COLUMN "prize_table" TO "payout_rule";--> statement-breakpoint
UPDATE "tournaments" SET "payout_rule" = ("payout_rule" - 'percents') || jsonb_build_object('percentPrizes', "payout_rule" -> 'percents');--> statement-breakpoint
UPDATE "tournament_series" SET "rules" = ("rules" - 'prizeTable') || jsonb_build_object('payoutRule', (("rules" -> 'prizeTable') - 'percents') || jsonb_build_object('percentPrizes', "rules" -> 'prizeTable' -> 'percents'));
