import { textHash } from '../../platform/json/index.js';
import { bookingOf, type Ended, type Ending } from '../journey.js';

/** What the statement of a settle is given, list by list: it moves messages, and writes with each what belongs to it. */
export interface Given {
  messages: object[];
  bodies: { message: string; stage: string; text: string; hash: Buffer }[];
  calls: object[];
  posted: object[];
}

/** Pure: what ended, as rows. */
export function given(ended: readonly Ended[]): Given {
  return {
    messages: ended.map(messageRow),
    bodies: ended.flatMap(({ journey, ending }) => {
      const booking = bookingOf(ending);
      const texts = [...journey.bodies, ...(booking ? [{ stage: 'settle', text: JSON.stringify(booking.receipt) }] : [])];
      return texts.map(({ stage, text }) => ({ message: journey.row.id, stage, text, hash: textHash(text) }));
    }),
    calls: ended.flatMap(({ journey, call }) => (call ? [{ ...call, message: journey.row.id }] : [])),
    posted: ended.flatMap(({ journey: { row }, ending }) => {
      const booking = bookingOf(ending);
      if (!booking) return [];
      const { postingId, receipt } = booking;
      return [{ id: postingId, message: row.id, document: receipt.documentId, number: receipt.documentNumber ?? null, receipt }];
    }),
  };
}

function messageRow({ journey, ending, call }: Ended): object {
  const waits = ending.to === 'waiting';
  return {
    id: journey.row.id,
    epoch: journey.row.epoch,
    state: ending.to,
    stage: ending.to === 'posted' ? 'settle' : journey.stage,
    reason: reasonOf(ending),
    // Clocks give fractions of milliseconds; the statement takes none.
    due_ms: Math.ceil(ending.to === 'ready' ? ending.afterMs : ending.to === 'in_doubt' ? ending.quietMs : 0),
    final: ['posted', 'skipped', 'duplicate', 'superseded'].includes(ending.to),
    unclear: journey.row.unclear,
    failures: ending.to === 'ready' && ending.counts ? 1 : 0,
    attempts: call?.outcome === 'resting' ? -1 : 0,
    depends_on: waits ? ending.dependsOn : null,
    within_ms: waits ? (ending.withinMs ?? 0) : 0,
    document_number: documentNumberOf(ending),
    posting_id: bookingOf(ending)?.postingId ?? ('postingId' in ending ? (ending.postingId ?? null) : null),
    tables: journey.tables,
    ...(journey.facts ?? { title: null, customer: null, legalEntity: null, amount: null, currency: null }),
  };
}

function documentNumberOf(ending: Ending): string | null {
  const booking = bookingOf(ending);
  if (booking) return booking.receipt.documentNumber ?? booking.receipt.documentId;
  return 'documentNumber' in ending ? (ending.documentNumber ?? null) : null;
}

const reasonOf = (ending: Ending): string | null => (ending.to === 'exception' ? ending.facts.cause : (ending.reason ?? null));
