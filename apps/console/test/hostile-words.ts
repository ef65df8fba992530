/** Begins what every hostile text holds, as it must stand on the screen: as text. */
export const hostileMark = '<img src=x onerror=struck(1)>';

/**
 * A text that would run in a page which takes it for HTML, for an attribute, or for a template; `place` says where it was put. Whatever runs calls
 * `struck`, which the test counts.
 */
export const hostile = (place: string): string => `${place}"'>${hostileMark}<script>struck(2)</script>{{struck(3)}}\${struck(4)}`;

/** What a link must never lead to. */
export const hostileLink = 'javascript:struck(5)';

/** Elements that no page of ours has: one is there when a text became HTML, whether the content policy let it run or not. */
export const hostileElements = [
  'img[src="x"]',
  '[onerror]',
  '[onload]',
  '[onclick]',
  '[onmouseover]',
  'script:not([src])',
  'iframe',
  'object',
  'embed',
  'a[href^="javascript:" i]',
  'form[action^="javascript:" i]',
].join(', ');
