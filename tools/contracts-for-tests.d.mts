export interface Contracts {
  /** Why the contracts cannot be read; undefined when they can. */
  missing: string | undefined;
  text(file: string): string;
  json(file: string): unknown;
}
export function contractsOf(vendor: string): Contracts;
