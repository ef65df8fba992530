import type { Connector, Delivery } from '../connector.js';
import type { JsonObject } from '../json.js';
import { effects } from '../posting-key.js';
import type { Harness, SchemaCompiler } from './harness.js';

export interface UnpackSamples {
  /** Deliveries that hold at least one record, at least one for every stream. */
  deliveries: readonly Delivery[];
  /** Well-formed deliveries that no stream wants. */
  unwanted?: readonly Delivery[];
}

type Suite = Harness & UnpackSamples & { ajv: SchemaCompiler; settings: JsonObject };

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$/;

/** `unpack` is replayed years later from the stored bytes: it must be pure, and what it says must be usable by the engine. */
export function describeUnpack(connector: Connector, suite: Suite): void {
  const { describe, it, expect, settings } = suite;
  const unpack = (delivery: Delivery) => connector.unpack!(delivery, settings);

  describe('unpack', () => {
    it('gives the same records every time and leaves the delivery as it was', () => {
      for (const delivery of suite.deliveries) {
        const before = JSON.stringify(delivery);
        const first = unpack(delivery);
        expect(first.length > 0).toBe(true);
        expect(unpack(JSON.parse(before) as Delivery)).toEqual(first);
        expect(JSON.stringify(delivery)).toBe(before);
      }
    });
    it('gives records of declared streams that pass their schema', () => {
      const seen = new Set<string>();
      for (const record of suite.deliveries.flatMap(unpack)) {
        const stream = connector.streams[record.stream];
        expect(`${record.stream} ${stream ? 'is declared' : 'is unknown'}`).toBe(`${record.stream} is declared`);
        const valid = suite.ajv.compile(stream!.schema);
        expect(valid(record.body) ? [] : valid.errors).toEqual([]);
        seen.add(record.stream);
      }
      expect(Object.keys(connector.streams).filter((name) => !seen.has(name))).toEqual([]);
    });
    it('gives records with a revision, an instant in UTC and a known effect', () => {
      for (const record of suite.deliveries.flatMap(unpack)) {
        expect(record.revision).not.toBe('');
        expect(record.occurredAt).toMatch(instant);
        expect(Number.isNaN(Date.parse(record.occurredAt))).toBe(false);
        if (record.effect !== undefined) expect(effects).toContain(record.effect);
      }
    });
    it('gives nothing for a delivery that no stream wants', () => {
      for (const delivery of suite.unwanted ?? []) expect(unpack(delivery)).toEqual([]);
    });
  });
}
