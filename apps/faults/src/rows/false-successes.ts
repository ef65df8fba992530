import type { Dice } from '../random.js';

export interface FalseSuccess {
  status: number;
  body: string;
}

/** As the ERP answers when it has booked a document; what is made of it below names none. */
const truth = '{"id":"doc-inv-de-900001","number":"INV-DE-900001","kind":"invoice","total":"12.50","currency":"EUR","status":"posted"}';

/** Answers by hand that vendors and gateways are known to give; each says "done" by its status and names no document. */
const byHand: readonly string[] = [
  '',
  ' ',
  '{}',
  '[]',
  'null',
  'true',
  '0',
  '"doc-inv-de-900001"',
  '{"error":{"code":"PERIOD_CLOSED","message":"Period 2026-09 of DE is closed."}}',
  '{"error":"internal"}',
  '{"status":"error","message":"Could not be posted"}',
  '{"ok":false}',
  '{"success":true}',
  '{"queued":true,"job":"j-17"}',
  '{"id":null,"number":null}',
  '{"id":17,"number":"INV-DE-900001"}',
  '{"id":"doc-inv-de-900001"}',
  '{"number":"INV-DE-900001"}',
  '{"data":{"id":"doc-inv-de-900001","number":"INV-DE-900001"}}',
  '[{"id":"doc-inv-de-900001","number":"INV-DE-900001"}]',
  '<!doctype html><title>Sign in</title><p>Your session has ended.',
  '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
  `<!-- ${truth} -->`,
  `)]}',\n${truth}`,
  `${truth}${truth}`,
];

/**
 * So many answers that are no receipt. Half are written by hand, under every status that says "done"; half are the truth, cut somewhere, or
 * whole under a status with which this ERP never confirms.
 */
export function falseSuccesses(dice: Dice, howMany: number): FalseSuccess[] {
  return Array.from({ length: howMany }, (_, n) => {
    const body = byHand[(n >> 1) % byHand.length]!;
    if (n % 2 === 0) return { status: dice.pick([200, 201, 201, 202]), body };
    if (n % 11 === 1) return { status: dice.pick([200, 202]), body: truth };
    if (n % 11 === 3) return { status: 204, body: '' };
    return { status: dice.pick([200, 201, 201]), body: truth.slice(0, dice.whole(1, truth.length - 1)) };
  });
}
