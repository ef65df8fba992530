import { minorUnits } from '@waybill/faults';
import { defaultErpToken, type Sandbox } from '@waybill/sandbox';
import type { Entry, Kind } from '../oracle/documents.js';
import { controlsOf, entities, installPack, type Books } from './books.js';

const decimals: Record<string, number> = { USD: 2, EUR: 2, JPY: 0 };
const booked: readonly string[] = ['invoice', 'credit-memo', 'payment', 'refund', 'write-off'] satisfies Kind[];

/** The sandbox's own ERP. Its books are looked at directly: what they hold is what its API would list. */
export function sandboxBooks(sandbox: Sandbox): Books {
  const faults = async (rules: object[]): Promise<void> => {
    const body = JSON.stringify({ rules, seed: 'month' });
    const response = await fetch(`${sandbox.url}/faults`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    if (!response.ok) throw new Error(`the sandbox took no faults: ${response.status} ${await response.text()}`);
  };
  const intentOf = (payment: string): string => {
    const { invoicePayments } = sandbox.billing.state;
    return invoicePayments.find(({ id }) => id === payment)?.payment.payment_intent ?? payment;
  };
  const refundIntentOf = (refund: string): string => {
    const intent = sandbox.billing.state.refunds.find(({ id }) => id === refund)?.payment_intent;
    return typeof intent === 'string' ? intent : refund;
  };
  return {
    controls: controlsOf('erp'),
    async connect(engine) {
      for (const entity of entities)
        await engine.call('PUT', `/v1/connections/erp-${entity.toLowerCase()}`, {
          connector: 'sandbox-erp',
          settings: { baseUrl: sandbox.url, token: defaultErpToken, entity, upstreamSeconds: 4 },
        });
      await installPack(engine, 'sandbox-erp');
    },
    async goAway() {
      await faults([{ kind: 'down', path: '/erp/v1' }]);
      return () => faults([]);
    },
    read: () =>
      Promise.resolve(
        sandbox.books.state.documents
          .filter(({ kind, status }) => booked.includes(kind) && status === 'posted')
          .map(({ entity, kind, currency, reference: own, total, tax, actsOn }): Entry => {
            const reference = kind === 'write-off' ? sandbox.books.document(String(actsOn)).reference : own;
            const places = decimals[currency];
            if (places === undefined) throw new Error(`nobody sells in ${currency}`);
            const sale = kind === 'invoice' || kind === 'credit-memo';
            return {
              entity, kind: kind as Kind, currency, total: minorUnits(total, places), tax: sale ? minorUnits(tax, places) : undefined,
              reference: kind === 'payment' ? intentOf(String(reference)) : kind === 'refund' ? refundIntentOf(String(reference)) : String(reference),
            };
          }),
      ),
    close: () => Promise.resolve(),
  }; // prettier-ignore
}
