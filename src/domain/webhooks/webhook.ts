import { createHash, createHmac } from 'node:crypto';
import { globalIdOf } from '../id.ts';
import type { Prize } from '../prizes/prize.ts';
import { endOf, type Tournament } from '../tournaments/tournament.ts';

export const WEBHOOK_EVENTS = [
  'tournament.started',
  'tournament.ended',
  'tournament.settled',
  'prize.claimed',
] as const;

export type WebhookEventType = (typeof WEBHOOK_EVENTS)[number];

/** Where webhook events of a game are posted. Without its secret, which is shown once. */
export type Webhook = { id: string; gameId: string; url: string; events: WebhookEventType[]; createdAt: Date };

/** What happened, for webhooks that want it: one for each type and subject. */
export type NewWebhookEvent = {
  type: WebhookEventType;
  gameId: string;
  subjectId: string;
  happenedAt: Date;
  data: Record<string, unknown>;
};

/** A webhook event that is stored, to be posted to each webhook that wants it. */
export type WebhookEvent = Pick<NewWebhookEvent, 'data' | 'happenedAt' | 'type'> & { id: string };

/** A webhook event that a webhook did not take, after all attempts. */
export type WebhookFailure = {
  id: string;
  webhookId: string;
  eventId: string;
  type: WebhookEventType;
  url: string;
  /** What came of the last attempt, in a few words. */
  reason: string;
  failedAt: Date;
};

/** The start, the end or the settlement of a tournament. */
export function tournamentWebhookEvent(
  type: Exclude<WebhookEventType, 'prize.claimed'>,
  tournament: Tournament,
  more: Record<string, unknown> = {},
): NewWebhookEvent {
  const { id, gameId, leaderboardId, seriesId, name, startsAt, readAt } = tournament;
  const happenedAt = {
    'tournament.started': startsAt,
    'tournament.ended': endOf(tournament),
    'tournament.settled': readAt,
  };
  return {
    type,
    gameId,
    subjectId: id,
    happenedAt: happenedAt[type],
    data: {
      tournament: globalIdOf('Tournament', id),
      game: globalIdOf('Game', gameId),
      leaderboard: globalIdOf('Leaderboard', leaderboardId),
      series: seriesId && globalIdOf('TournamentSeries', seriesId),
      name,
      startsAt,
      endsAt: endOf(tournament),
      ...more,
    },
  };
}

/** The claim of a prize, of a tournament of this game. */
export function claimWebhookEvent(prize: Prize, gameId: string): NewWebhookEvent {
  const { id, tournamentId, playerId, rank, coins, gems, claimedAt } = prize;
  return {
    type: 'prize.claimed',
    gameId,
    subjectId: id,
    happenedAt: claimedAt ?? prize.readAt,
    data: {
      prize: globalIdOf('Prize', id),
      tournament: globalIdOf('Tournament', tournamentId),
      player: globalIdOf('Player', playerId),
      rank,
      coins,
      gems,
      claimedAt,
    },
  };
}

/** The body of a request: the same bytes at every attempt. */
export function bodyOf({ id, type, happenedAt, data }: WebhookEvent): string {
  return JSON.stringify({ id, type, createdAt: happenedAt, data });
}

/** The header `Laurel-Signature`: HMAC-SHA-256 over the moment, a full stop and the body, in hex. */
export function signatureOf(secret: string, body: string, unixSeconds: number): string {
  const hmac = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${hmac}`;
}

/** One id for each set of names, in the form of a UUID: whoever plans the same delivery again gives it the same id. */
export function deliveryId(...names: string[]): string {
  const hex = createHash('sha256').update(names.join(' ')).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
