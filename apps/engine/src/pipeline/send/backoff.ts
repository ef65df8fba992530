import { hashFields } from '@waybill/sdk';

/** Doubling from `fromMs` to `toMs`, less up to a fifth that differs by message, so that a crowd does not come back at once. */
export function backoffMs(options: { fromMs: number; toMs: number; failures: number; id: string }): number {
  const whole = Math.min(options.toMs, options.fromMs * 2 ** Math.min(30, Math.max(0, options.failures - 1)));
  const share = hashFields([options.id, String(options.failures)]).readUInt16BE(0) / 65_536;
  return Math.round(whole * (1 - share / 5));
}
