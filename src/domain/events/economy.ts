import { defineEvent } from './eventType.ts';
import { count, currency, fromOne, oneOf, price, text, textOf } from './fields.ts';

const product = {
  product_id: text,
  product_type: oneOf('consumable', 'non_consumable', 'subscription'),
  price_usd: price,
  currency_code: textOf(3),
};

/** What players earn, spend and buy. */
export const ECONOMY = [
  defineEvent('currency_earned', {
    currency_type: currency,
    amount: fromOne,
    source: text,
    source_id: text,
    balance_before: count,
    balance_after: count,
  }),
  defineEvent('currency_spent', {
    currency_type: currency,
    amount: fromOne,
    spent_on: text,
    item_id: text,
    balance_before: count,
    balance_after: count,
  }),
  defineEvent('purchase_initiated', product),
  defineEvent('purchase_completed', {
    ...product,
    transaction_id: text,
    gems_granted: count.nullish(),
    coins_granted: count.nullish(),
  }),
];
