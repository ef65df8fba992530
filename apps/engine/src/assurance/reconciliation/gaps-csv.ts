import { Decimal } from '../../platform/csv/index.js';
import type { Gap } from './gaps.store.js';

/** What a file of gaps holds, a column each. Pure. */
const decimal = (text: string | null | undefined) => (text == null ? '' : new Decimal(text));

/** Who has said that a gap is right, or that the engine knows it. */
export const acceptedAs = ({ accepted, explained }: Pick<Gap, 'accepted' | 'explained'>): string =>
  accepted ? `${accepted.as}: ${accepted.reason} (${accepted.by})` : explained ? 'explained by the engine' : '';

export const gapColumns: readonly (readonly [string, (gap: Gap) => string | Decimal])[] = [
  ['kind', ({ kind }) => kind],
  ['cause', ({ cause }) => cause],
  ['drift', ({ drift }) => (drift ? 'yes' : 'no')],
  ['type', ({ type }) => type],
  ['number', ({ number }) => number ?? ''],
  ['legalEntity', ({ legalEntity }) => legalEntity],
  ['currency', ({ currency }) => currency ?? ''],
  ['difference', ({ usage, difference }) => (usage ? '' : decimal(difference))],
  ['billingAmount', ({ billing }) => decimal(billing?.amount)],
  ['erpAmount', ({ erp }) => decimal(erp?.amount)],
  ['billingTax', ({ billing }) => decimal(billing?.tax)],
  ['erpTax', ({ erp }) => decimal(erp?.tax)],
  ['billingDate', ({ billing }) => billing?.date ?? ''],
  ['erpDate', ({ erp }) => erp?.date ?? ''],
  ['erpNumber', ({ erp }) => erp?.number ?? ''],
  ['erpId', ({ erp }) => erp?.id ?? ''],
  // Quantities have columns of their own, so that nobody adds them to money.
  ['meter', ({ usage }) => usage?.meter ?? ''],
  ['unit', ({ usage }) => usage?.unit ?? ''],
  ['customer', ({ usage }) => usage?.customer ?? ''],
  ['day', ({ usage }) => usage?.day ?? ''],
  ['summary', ({ usage }) => usage?.ledger?.summary ?? ''],
  ['quantityDifference', ({ usage, difference }) => (usage ? decimal(difference) : '')],
  ['ledgerQuantity', ({ usage }) => decimal(usage?.ledger?.quantity)],
  ['sentQuantity', ({ usage }) => decimal(usage?.ledger?.sentQuantity)],
  ['billingQuantity', ({ usage }) => decimal(usage?.billing?.quantity)],
  ['sentence', ({ sentence }) => sentence],
  ['why', ({ why }) => why ?? ''],
  ['remedy', ({ remedy }) => remedy],
  ['accepted', acceptedAs],
];
