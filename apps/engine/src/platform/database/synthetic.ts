/**
 * The mark of a synthetic transaction (EIP: test message): what the engine sends through the live path by itself, to see that it works. It is set where a
 * delivery is stored, by `InboxStore.takeSynthetic` alone, and travels with everything that becomes of it. Every question that counts, adds up, compares or
 * hands on business says this of its rows; `apps/engine/test/synthetic.test.ts` walks over them.
 */

/** A row of `message` or `inbox` under this name is no part of a synthetic transaction. */
export const real = (name: string): string => `${name}.synthetic_run is null`;
/** The same of a row of `canonical_object` or `posting`. */
export const realBook = (name: string): string => `not ${name}.synthetic`;
