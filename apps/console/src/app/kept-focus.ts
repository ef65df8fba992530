import { useEffect } from 'react';

/** Other hands come first: a page gives its heading the focus at once, a dialog gives it back within 10 ms. */
const waitMs = 30;
const busy = ':disabled[data-loading]';
const reachable = 'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"]';

/** What had the focus, and where it was: for each element around it, up to the page or the dialog, the place among its children. */
interface Held {
  element: HTMLElement;
  trail: readonly { parent: Element; index: number }[];
}

/**
 * Keeps the focus of who works by keyboard. A browser drops it on the floor when its element goes away, as a row that was removed, or is
 * disabled, as a button while its act runs; a key pressed then does nothing, and a screen reader begins at the top. Here the button gets
 * it back when it is enabled again, and what is gone leaves it to what stands in its place: the next row, else the one before, else what is around.
 */
export function useKeptFocus(): void {
  useEffect(() => {
    let inPage: Held | undefined;
    let inDialogs = new WeakMap<Element, Held>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onFocusIn = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      const dialog = target.closest('[role="dialog"]');
      const page = target.closest('main');
      if (dialog) inDialogs.set(dialog, heldOf(target, dialog));
      else if (page) inPage = heldOf(target, page);
      else if (target.closest('header, nav')) inPage = undefined;
    };
    const restore = () => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      const dialogs = document.querySelectorAll<HTMLElement>('[role="dialog"]');
      const within = dialogs[dialogs.length - 1];
      const held = within ? inDialogs.get(within) : inPage;
      if (!held) return;
      const next = placeFor(held) ?? within?.querySelector<HTMLElement>(reachable);
      // A busy one does not take it. That it is done is a change of the page, too, and leads here again.
      next?.focus({ preventScroll: true });
    };
    const watched = new MutationObserver(() => {
      if (document.activeElement !== null && document.activeElement !== document.body) return;
      clearTimeout(timer);
      timer = setTimeout(restore, waitMs);
    });
    // Whoever presses a mouse button beside everything has let go by themselves.
    const onPointer = ({ target }: PointerEvent) => {
      if (!(target instanceof Element) || target.closest(reachable) !== null) return;
      inPage = undefined;
      inDialogs = new WeakMap();
    };
    document.addEventListener('focusin', onFocusIn);
    document.addEventListener('pointerdown', onPointer);
    watched.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
    return () => {
      clearTimeout(timer);
      watched.disconnect();
      document.removeEventListener('focusin', onFocusIn);
      document.removeEventListener('pointerdown', onPointer);
    };
  }, []);
}

function heldOf(element: HTMLElement, around: Element): Held {
  const trail: { parent: Element; index: number }[] = [];
  for (let child: Element = element; child !== around && child.parentElement; child = child.parentElement)
    trail.push({ parent: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  return { element, trail };
}

/** The element itself if it is there and of use; else what stands at its place, next to it, or around it. */
function placeFor({ element, trail }: Held): HTMLElement | undefined {
  if (element.isConnected && element.matches(`${reachable}, ${busy}, h1`)) return element;
  for (const [at, { parent, index }] of trail.entries()) {
    if (!parent.isConnected) continue;
    if (element.matches('h1')) return parent.closest('main')?.querySelector('h1') ?? undefined;
    const places = [parent.children[index], parent.children[index + 1], parent.children[index - 1]];
    const found = [...places.map((place) => alike(place, trail.slice(0, at))), ...[...places, parent].map(reachableIn)];
    const first = found.find((one) => one !== undefined);
    if (first) return first;
  }
  return undefined;
}

/** In another row the control that was gone from its own: the one at the same place in it. */
function alike(row: Element | undefined, within: Held['trail']): HTMLElement | undefined {
  const there = within.reduceRight<Element | undefined>((place, { index }) => place?.children[index], row);
  return there instanceof HTMLElement && there.matches(`${reachable}, ${busy}`) ? there : undefined;
}

const reachableIn = (place: Element | undefined): HTMLElement | undefined =>
  [...(place?.matches(reachable) ? [place] : []), ...(place?.querySelectorAll(reachable) ?? [])].find(
    (one): one is HTMLElement => one instanceof HTMLElement && one.tabIndex >= 0,
  );
