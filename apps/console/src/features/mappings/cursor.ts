import { useSyncExternalStore } from 'react';
import type { Range } from '@waybill/mapping-language';

/** Where the cursor of an editor is: only what asks for it draws anew when it moves. */
export class Cursor {
  private range: Range = { from: 0, to: 0 };
  private readonly listeners = new Set<() => void>();

  set(range: Range): void {
    if (range.from === this.range.from && range.to === this.range.to) return;
    this.range = range;
    for (const tell of this.listeners) tell();
  }

  readonly get = (): Range => this.range;

  readonly subscribe = (tell: () => void): (() => void) => {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  };
}

export const useCursor = (cursor: Cursor): Range => useSyncExternalStore(cursor.subscribe, cursor.get);
