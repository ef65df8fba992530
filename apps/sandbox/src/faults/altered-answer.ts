import { money } from '@waybill/sdk';
import type { FaultRule } from './fault-rules.js';

type Answer = { items?: { createdAt?: string }[]; total?: unknown; [field: string]: unknown };

/** What a caller is told instead of the truth, for the two faults that lie. Other answers pass as they are. */
export function alterAnswer(payload: string, fault: FaultRule, now: Date): string {
  if (fault.kind !== 'stale-read' && fault.kind !== 'misstated-total') return payload;
  const answer = JSON.parse(payload) as Answer;
  if (fault.kind === 'stale-read' && Array.isArray(answer.items)) {
    const visibleUntil = new Date(now.getTime() - (fault.afterMs ?? 120_000)).toISOString();
    return JSON.stringify({ ...answer, items: answer.items.filter((item) => (item.createdAt ?? '') <= visibleUntil) });
  }
  if (fault.kind === 'misstated-total' && money.isDecimal(answer.total)) {
    const unit = answer.total.replace(/\d/g, '0').replace(/0$/, '1');
    return JSON.stringify({ ...answer, total: money.add(answer.total, unit.replace('-', '')) });
  }
  return payload;
}
