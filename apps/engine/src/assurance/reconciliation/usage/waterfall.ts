import { money } from '@waybill/sdk';
import { summed, type UsagePlace } from './matching.js';

/** The sums of both sides at one meter, in its unit, and what leads from one to the other. Never added to another meter's, nor to money. Pure. */
export interface QuantityTotal {
  meter: string;
  unit: string | null;
  summaries: number;
  /** Customers and days on which billing counts something. */
  countedDays: number;
  ledger: string;
  billing: string;
}

export interface QuantityBar {
  meter: string;
  kind: string;
  gaps: number;
  quantity: string;
}

/** Adds up, place by place. The bars of a meter sum exactly to billing's sum less the ledger's, or `broken` says so. */
export class QuantityWaterfall {
  private readonly totals = new Map<string, QuantityTotal>();
  private readonly bars = new Map<string, QuantityBar>();

  place(place: UsagePlace): void {
    const { counted = '0', summaries } = place;
    const total = this.total(place);
    total.summaries += summaries.length;
    if (!money.isZero(counted)) total.countedDays += 1;
    total.ledger = money.add(total.ledger, summed(place));
    total.billing = money.add(total.billing, counted);
  }

  gap(kind: string, { meter, difference }: { meter: string; difference: string }): void {
    const name = `${meter} ${kind}`;
    const bar = this.bars.get(name) ?? { meter, kind, gaps: 0, quantity: '0' };
    bar.gaps += 1;
    bar.quantity = money.add(bar.quantity, difference);
    this.bars.set(name, bar);
  }

  shown(): { totals: QuantityTotal[]; bars: QuantityBar[] } {
    const by = <T extends { meter: string }>(all: Iterable<T>) => [...all].sort((a, b) => a.meter.localeCompare(b.meter));
    return { totals: by(this.totals.values()), bars: by(this.bars.values()) };
  }

  /** Meters whose bars do not explain the difference: a mistake of ours, never of billing. */
  broken(): string[] {
    return [...this.totals.values()]
      .filter(({ meter, ledger, billing }) => {
        const explained = money.sum(['0', ...[...this.bars.values()].filter((bar) => bar.meter === meter).map(({ quantity }) => quantity)]);
        return !money.equals(explained, money.subtract(billing, ledger));
      })
      .map(({ meter }) => meter);
  }

  private total({ meter, unit }: UsagePlace): QuantityTotal {
    const known = this.totals.get(meter) ?? { meter, unit, summaries: 0, countedDays: 0, ledger: '0', billing: '0' };
    this.totals.set(meter, known);
    return known;
  }
}
