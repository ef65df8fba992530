import { useCallback, useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
const prefix = 'waybill.';
// Another window of this browser has chosen.
globalThis.addEventListener?.('storage', () => listeners.forEach((listener) => listener()));

function read(name: string): string | null {
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

/** A choice of this person in this browser. What belongs to a link is in the address, not here. */
export function usePreference<T>(name: string, fallback: T): [T, (value: T) => void] {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => read(name),
  );
  const set = useCallback(
    (value: T) => {
      try {
        localStorage.setItem(prefix + name, JSON.stringify(value));
      } catch {
        // a browser that stores nothing: the choice lasts as long as the page
      }
      for (const listener of listeners) listener();
    },
    [name],
  );
  return [parse(text, fallback), set];
}

const parsed = new Map<string, unknown>();
function parse<T>(text: string | null, fallback: T): T {
  if (text === null) return fallback;
  // the same text gives the same object, so that it can be a dependency of a memo
  if (!parsed.has(text)) {
    try {
      parsed.set(text, JSON.parse(text));
    } catch {
      return fallback;
    }
  }
  return parsed.get(text) as T;
}
