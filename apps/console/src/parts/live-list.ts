import { useEffect, useRef, useState } from 'react';

/** Tells lists that something of their kind changed. Lists read anew by themselves only where no row moves under a person's hand. */
export const listChanges = new EventTarget();

const calmMs = 3000;

/**
 * Keeps a list fresh while its top is in view and nothing is held; otherwise only says that newer rows are there.
 */
export function useLiveList(kind: string, refetch: () => unknown, held: boolean): { newer: boolean; show: () => void } {
  const [newer, setNewer] = useState(false);
  const latest = useRef({ refetch, held });
  latest.current = { refetch, held };
  useEffect(() => {
    let last = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      if (latest.current.held || window.scrollY > 160) return setNewer(true);
      clearTimeout(timer);
      timer = setTimeout(
        () => {
          last = Date.now();
          latest.current.refetch();
        },
        Math.max(0, last + calmMs - Date.now()),
      );
    };
    listChanges.addEventListener(kind, changed);
    return () => {
      clearTimeout(timer);
      listChanges.removeEventListener(kind, changed);
    };
  }, [kind]);
  return {
    newer,
    show: () => {
      setNewer(false);
      latest.current.refetch();
      window.scrollTo({ top: 0 });
    },
  };
}
