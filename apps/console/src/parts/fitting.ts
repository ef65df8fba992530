import { useLayoutEffect, useRef, type RefObject } from 'react';

/** The last step of `data-fit`; the styles of the list say what gives way at each. */
const lastStep = 5;

/**
 * What is wider than its frame gives way in steps, `data-fit` 1 to 5, until it fits; where even the last does not help, it scrolls.
 * Measured rather than told by the width of the window, since only the content knows how much room it takes. A step is taken back when the
 * frame has another width or `of` changes, not with each new row: nothing moves to and fro while rows arrive.
 */
export function useFitting(frame: RefObject<HTMLElement | null>, of: string): void {
  const step = useRef(0);
  const width = useRef(0);

  const take = (element: HTMLElement, next: number) => {
    step.current = next;
    element.dataset['fit'] = String(next);
  };
  const narrow = (element: HTMLElement) => {
    while (step.current < lastStep && element.scrollWidth > element.clientWidth) take(element, step.current + 1);
  };

  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const anew = () => {
      width.current = element.clientWidth;
      take(element, 0);
      narrow(element);
    };
    anew();
    const observer = new ResizeObserver(() => {
      if (element.clientWidth !== width.current) anew();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame, of]);

  useLayoutEffect(() => {
    if (frame.current) narrow(frame.current);
  });
}
