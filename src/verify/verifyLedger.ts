import type { Queryable } from '../db/open.ts';
import { type AuditedSide, type AuditedWallet, readLedger, readWallets } from '../db/verify/tournamentAudit.ts';
import { type Currency, playerAccount, tournamentAccount } from '../domain/prizes/ledger.ts';
import type { PrizeAmount } from '../domain/prizes/payoutRule.ts';
import { CHUNK, chunks, FIRST_ID } from '../async/chunks.ts';
import { createCompare, type Difference } from './difference.ts';

const CURRENCIES: Currency[] = ['coins', 'gems'];

/** Sums by account or transaction and currency, exact however large. Sums of zero are left out. */
type Sums = Map<string, bigint>;

/**
 * Compares the ledger with itself (each transaction sums to zero), with the wallets, and with what the prizes of each
 * tournament that were claimed add up to. Holds a sum for each account in memory.
 */
export async function verifyLedger(
  snapshot: Queryable,
  claimed: Map<string, PrizeAmount>,
  differences: Difference[],
): Promise<void> {
  const transactions: Sums = new Map();
  const accounts: Sums = new Map();
  const read = (last: AuditedSide | null) => readLedger(snapshot, { id: last?.id ?? 0, limit: CHUNK });
  for await (const { transactionId, account, currency, amount } of chunks(read)) {
    add(transactions, `${transactionId} ${currency}`, amount);
    add(accounts, `${account} ${currency}`, amount);
  }
  const balanced = createCompare({ in: 'ledger', what: 'transaction' }, differences);
  for (const [key, sum] of transactions) balanced(key, `${sum}`, '0');
  await compareWallets(snapshot, accounts, differences);
  compareClaims(claimed, accounts, differences);
}

async function compareWallets(snapshot: Queryable, accounts: Sums, differences: Difference[]): Promise<void> {
  const compare = createCompare({ in: 'ledger', what: 'wallet' }, differences);
  const read = (last: AuditedWallet | null) =>
    readWallets(snapshot, { playerId: last?.playerId ?? FIRST_ID, limit: CHUNK });
  for await (const wallet of chunks(read)) {
    for (const currency of CURRENCIES) {
      const key = `${playerAccount(wallet.playerId)} ${currency}`;
      compare(key, `${wallet[currency]}`, `${accounts.get(key) ?? 0}`);
      accounts.delete(key);
    }
  }
  for (const [key, sum] of accounts) if (key.startsWith('player:')) compare(key, null, `${sum}`);
}

function compareClaims(claimed: Map<string, PrizeAmount>, accounts: Sums, differences: Difference[]): void {
  const compare = createCompare({ in: 'ledger', what: 'claimed prizes' }, differences);
  for (const [tournamentId, sum] of claimed) {
    for (const currency of CURRENCIES) {
      const key = `${tournamentAccount(tournamentId)} ${currency}`;
      compare(key, `${accounts.get(key) ?? 0}`, `${-sum[currency]}`);
      accounts.delete(key);
    }
  }
  for (const [key, sum] of accounts) if (key.startsWith('tournament:')) compare(key, `${sum}`, null);
}

function add(sums: Sums, key: string, amount: number): void {
  const sum = (sums.get(key) ?? 0n) + BigInt(amount);
  if (sum === 0n) sums.delete(key);
  else sums.set(key, sum);
}
