import { useEffect, useRef, type RefObject } from 'react';

/** True where a person is typing or a dialog is open: a letter is then not a command. */
export function keysAreTaken(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.closest('[role="dialog"],[role="menu"]') !== null
  );
}

/** Where `j` begins: the first row of the first list of the page. */
export const toFirstRow = (): void => document.querySelector<HTMLElement>('main [data-row-link]')?.focus();

/** `g` begins a jump to a page; the letter after it belongs to the jump. */
export const jumpMs = 1200;
/** Before the first `g`: a page that has just come counts its time from zero. */
export const notYet = Number.NEGATIVE_INFINITY;

/** Keys of a list: `j` and `k` move over the rows, `x` selects, space peeks; a list may have letters of its own. Enter is the link's own. */
export function useRowKeys(
  body: RefObject<HTMLElement | null>,
  keys: {
    onPeek?: (id: string) => void;
    onToggle?: (id: string) => void;
    acts?: Readonly<Record<string, (id: string | undefined) => void>>;
  },
): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    let jumped = notYet;
    const onKey = (event: KeyboardEvent) => {
      const typing = keysAreTaken(event.target) && !(event.target instanceof HTMLInputElement && event.target.type === 'checkbox');
      if (typing || event.ctrlKey || event.metaKey || event.altKey || !body.current) return;
      const links = [...body.current.querySelectorAll<HTMLElement>('[data-row-link]')];
      const here = body.current.contains(document.activeElement) ? document.activeElement?.closest<HTMLElement>('[data-row]') : undefined;
      const at = here ? links.findIndex((link) => here.contains(link)) : -1;
      const row = here?.dataset['row'];
      const jumping = event.timeStamp - jumped < jumpMs;
      if (event.key === 'g') jumped = event.timeStamp;
      const act = jumping ? undefined : latest.current.acts?.[event.key];
      if (event.key === 'j' || event.key === 'k') {
        const to = links[Math.min(links.length - 1, Math.max(0, event.key === 'j' ? at + 1 : at - 1))];
        to?.focus();
        to?.scrollIntoView({ block: 'nearest' });
      } else if (event.key === 'x' && row && latest.current.onToggle) latest.current.onToggle(row);
      else if (event.key === ' ' && row && links[at] === document.activeElement && latest.current.onPeek) latest.current.onPeek(row);
      else if (act) act(row);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [body]);
}
