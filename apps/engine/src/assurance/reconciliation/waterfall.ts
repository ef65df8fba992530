import { money } from '@waybill/sdk';
import { counted, type Place } from './matching.js';

/** The sums of both sides in one currency, and what leads from one to the other. Pure. */
export interface Total {
  currency: string;
  billingRows: number;
  erpRows: number;
  billing: string;
  erp: string;
  billingTax: string;
  erpTax: string;
}

export interface Bar {
  currency: string;
  kind: string;
  gaps: number;
  amount: string;
}

/** Adds up, place by place. The bars of a currency sum exactly to the ERP's sum less billing's, or `broken` says so. */
export class Waterfall {
  private readonly totals = new Map<string, Total>();
  private readonly bars = new Map<string, Bar>();

  rows({ billing, erp }: Place): void {
    for (const row of billing ? [billing, ...erp] : erp) {
      if (!row.within || !row.live) continue;
      const total = this.total(row.currency);
      const tax = row.tax ?? '0';
      if (row.side === 'billing') {
        total.billingRows += 1;
        total.billing = money.add(total.billing, counted(row));
        total.billingTax = money.add(total.billingTax, tax);
      } else {
        total.erpRows += 1;
        total.erp = money.add(total.erp, counted(row));
        total.erpTax = money.add(total.erpTax, tax);
      }
    }
  }

  gap(kind: string, currency: string, difference: string): void {
    this.total(currency);
    const name = `${currency} ${kind}`;
    const bar = this.bars.get(name) ?? { currency, kind, gaps: 0, amount: '0' };
    bar.gaps += 1;
    bar.amount = money.add(bar.amount, difference);
    this.bars.set(name, bar);
  }

  shown(): { totals: Total[]; bars: Bar[] } {
    const by = <T extends { currency: string }>(all: Iterable<T>) => [...all].sort((a, b) => a.currency.localeCompare(b.currency));
    return { totals: by(this.totals.values()), bars: by(this.bars.values()) };
  }

  /** Currencies whose bars do not explain the difference: a mistake of ours, never of the books. */
  broken(): string[] {
    return [...this.totals.values()]
      .filter(({ currency, billing, erp }) => {
        const explained = money.sum([...this.bars.values()].filter((bar) => bar.currency === currency).map(({ amount }) => amount));
        return !money.equals(explained, money.subtract(erp, billing));
      })
      .map(({ currency }) => currency);
  }

  private total(currency: string): Total {
    const known = this.totals.get(currency) ?? {
      currency,
      billingRows: 0,
      erpRows: 0,
      billing: '0',
      erp: '0',
      billingTax: '0',
      erpTax: '0',
    };
    this.totals.set(currency, known);
    return known;
  }
}
