import type { Page } from 'playwright-core';

/** Names of stages and products, keys of files, and words of libraries that nobody reads. */
const otherWords = new Set(
  'accept dedupe enrich map permit send settle Waybill JSON JSONata Live PostgreSQL Redis Chrome Linux'
    .split(' ')
    .concat('React Flow', 'React Flow attribution', 'autosize measurement'),
);
const attributes = ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'];
/** A date, an age, a duration: written by `Intl`. */
const byIntl =
  /^(?:[\s\d.,:·–+%/()-]|(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec|January|February|March|April|August|September|October|November|December|Mon|Tue|Wed|Thu|Fri|Sat|Sun|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday|tomorrow|ago|in|and|or|at|now|(?:second|minute|hour|day|week|month)s?|UTC|GMT|IST|ms|min|AM|PM|d|h|s|KB|MB|GB|[A-Z]{3})\b)+$/;

/** Texts of a page in the pseudo language that stand outside of marks and came in none of the engine's answers. */
export async function unmarkedTexts(page: Page, answers: readonly string[]): Promise<string[]> {
  const texts = await page.evaluate((names) => {
    const pieces: string[] = [];
    let depth = 0;
    const outside = (text: string) => {
      let piece = '';
      for (const letter of text) {
        if (letter === '⟦') depth += 1;
        if (depth === 0) piece += letter;
        else if (piece.trim()) (pieces.push(piece.trim()), (piece = ''));
        if (letter === '⟧') depth = Math.max(0, depth - 1);
      }
      if (piece.trim()) pieces.push(piece.trim());
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement!;
      if (element.closest('script, style, noscript, code, pre, kbd, time, .cm-editor, [lang="en"], [lang="de"], blockquote')) continue;
      if (node instanceof Element) {
        const before = depth;
        for (const name of names) {
          depth = 0;
          outside(node.getAttribute(name) ?? '');
        }
        depth = before;
        // What stands in a field is what somebody typed, as the value of an input is.
      } else if (element.localName !== 'textarea') outside(node.textContent ?? '');
    }
    return [...new Set(pieces)];
  }, attributes);
  let data = '';
  const keep = (value: unknown): void => {
    if (typeof value === 'string') data += `${value}\n`;
    else if (Array.isArray(value)) value.forEach(keep);
    else if (typeof value === 'object' && value !== null)
      for (const [key, inner] of Object.entries(value)) {
        keep(key);
        keep(inner);
      }
  };
  for (const answer of answers)
    try {
      keep(JSON.parse(answer));
    } catch {
      data += `${answer}\n`; // the exact text of a payload
    }
  const lower = data.toLowerCase();
  const isData = (given: string): boolean => {
    if (/^[[{].*[\]}]$/.test(given)) return true; // a payload in one line
    const text = given.replace(/^[\s"·:.|]+|(?: \d+)?[\s"·:.|]+$| \d+$/g, '');
    return !/\p{L}{2,}/u.test(text) || otherWords.has(text) || byIntl.test(text) || lower.includes(text.toLowerCase());
  };
  // The engine's words may stand beside one another.
  return texts.filter((text) => !isData(text) && !text.split(/ · |, |: | → |; | \(|\)|–|\. | \| /).every(isData));
}
