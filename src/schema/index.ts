import './scalars.ts';
import './errors.ts';
import './game.ts';
import './player.ts';
import './playerScores.ts';
import './leaderboard.ts';
import './leaderboardStandings.ts';
import './leaderboardMutations.ts';
import './signIn.ts';
import './signOut.ts';
import './deleteMe.ts';
import './submission.ts';
import './live.ts';
import './mirror.ts';
import './tournamentErrors.ts';
import './tournament.ts';
import './tournamentQueries.ts';
import './tournamentStandings.ts';
import './tournamentMutations.ts';
import './joinTournament.ts';
import './tournamentHistory.ts';
import './prize.ts';
import './prizePreview.ts';
import './prizeStatistics.ts';
import './wallet.ts';
import { builder } from './builder.ts';

/** The whole schema: importing the files of the nouns has declared their fields. */
export const schema = builder.toSchema();
