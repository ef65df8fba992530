/** A person who has a keyboard and nothing else: goes to a control by Tab, sees that it has the focus, and hears what was done in the verb of the button. */
import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { participle, running, verbOf } from './verbs.js';

/** So many stops lead to a control at most: a person counts them. */
export const stopsMax = 25;
const untilMs = 10_000;

interface Way {
  key?: 'Tab' | 'Shift+Tab' | 'ArrowRight' | 'ArrowDown';
  max?: number;
}

export class Keyboard {
  constructor(readonly page: Page) {}

  /** No person's key is up again sooner; a dialog looks after a Tab out of a date where the focus went, which it must have done before the next. */
  press(key: string): Promise<void> {
    return this.page.keyboard.press(key, { delay: 15 });
  }

  write(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /** In the place of what a field or an editor holds. */
  async rewrite(text: string): Promise<void> {
    await this.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** From the top of a page over the link that skips the navigation. */
  async toContent(): Promise<void> {
    await this.press('Tab');
    await this.has(this.page.getByRole('link', { name: 'Skip to content' }));
    await this.press('Enter');
    // It is an address like any other: the page is there again when it has been gone to.
    await this.page.waitForURL(({ hash }) => hash === '#main');
  }

  /** Stop by stop until it has the focus, which is seen. Says on the way which stops there were. */
  async to(control: Locator, { key = 'Tab', max = stopsMax }: Way = {}): Promise<void> {
    await control.first().waitFor({ state: 'attached' });
    const passed: string[] = [];
    for (let stop = 0; ; stop += 1) {
      const { reached, name } = await control.evaluateAll(focusAmong);
      if (stop > 0) passed.push(name);
      if (reached) {
        expect({ name, focus: (await this.page.evaluate(isSeen)) ? 'seen' : 'not seen' }).toEqual({ name, focus: 'seen' });
        return;
      }
      if (stop === max) throw new Error(`${max} stops of ${key} do not lead to ${String(control)}:\n${passed.join('\n')}`);
      await this.press(key);
    }
  }

  /** Goes there and presses it. */
  async presses(control: Locator, way?: Way): Promise<void> {
    await this.to(control, way);
    await this.press('Enter');
  }

  /** Presses a button; the notice that follows says its verb, over or going on. */
  async does(button: Locator, way?: Way): Promise<void> {
    await this.to(button, way);
    const verb = verbOf(await button.first().innerText());
    await this.press('Enter');
    await this.hears(verb);
  }

  async hears(verb: string): Promise<void> {
    const titles = this.page.locator('.mantine-Notification-title');
    const said = new RegExp(`\\b(${participle(verb)}|${running(verb)})\\b`, 'i');
    await this.until(
      async () => (await titles.allInnerTexts()).some((title) => said.test(title)),
      async () => `a notice says ${String(said)}; there are: ${(await titles.allInnerTexts()).join('; ')}`,
    );
  }

  /** It asks in a dialog, and the focus goes in. */
  async opens(opener: Locator, dialog: Locator, way?: Way): Promise<void> {
    await this.presses(opener, way);
    await this.isIn(dialog);
    await this.page.evaluate(focusStays);
  }

  /** Escape closes it, and the focus is where it was before. */
  async leaves(dialog: Locator, opener: Locator): Promise<void> {
    await this.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await this.has(opener);
  }

  has(control: Locator): Promise<void> {
    return this.until(
      async () => (await control.evaluateAll(focusAmong)).reached,
      async () => `${String(control)} has the focus; ${await this.focused()} has it`,
    );
  }

  isIn(around: Locator): Promise<void> {
    return this.until(
      () => around.evaluateAll((all) => all.some((one) => one.contains(document.activeElement))),
      async () => `the focus is in ${String(around)}; ${await this.focused()} has it`,
    );
  }

  /** After an act that took its own button away: the focus is not on the floor. */
  keepsFocus(): Promise<void> {
    return this.isIn(this.page.locator('main, [role="dialog"]').filter({ visible: true }));
  }

  /** The option of a list that the arrow keys go through. */
  async chooses(option: string | RegExp): Promise<void> {
    const wanted = this.page.getByRole('option', { name: option });
    for (let step = 0; step < 30; step += 1) {
      await this.press('ArrowDown');
      const chosen = await wanted.evaluateAll((all) => all.some((one) => one.hasAttribute('data-combobox-selected')));
      if (chosen) return this.press('Enter');
    }
    throw new Error(`The arrow keys do not lead to the option ${String(option)}`);
  }

  private focused = async (): Promise<string> => (await this.page.locator('body').evaluateAll(focusAmong)).name;

  async until(isSo: () => Promise<boolean>, what: () => string | Promise<string>): Promise<void> {
    const end = performance.now() + untilMs;
    while (!(await isSo())) {
      if (performance.now() > end) throw new Error(`Not so after ${untilMs / 1_000} s: ${await what()}`);
      await this.page.evaluate(() => new Promise(requestAnimationFrame));
    }
  }
}

/** A dialog takes the focus, and then gives it to its first field: over within a tenth of a second, before a person has found the next key. */
async function focusStays(): Promise<void> {
  let last = document.activeElement;
  for (let frames = 0; frames < 8; frames += 1) {
    await new Promise(requestAnimationFrame);
    if (document.activeElement !== last) frames = 0;
    last = document.activeElement;
  }
}

/** Whether one of these has the focus, and what a person would call what has it. Runs in the page. */
function focusAmong(all: Element[]): { reached: boolean; name: string } {
  const at = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLElement> }) | null;
  const name = at?.getAttribute('aria-label') || at?.labels?.[0]?.innerText || at?.innerText || at?.tagName || 'nothing';
  return { reached: at !== null && all.includes(at), name: name.replace(/\s+/g, ' ').trim().slice(0, 60) };
}

/** What has the focus, or what is around it, looks otherwise than it does without: a ring, a shadow, a border. Runs in the page. */
async function isSeen(): Promise<boolean> {
  const at = document.activeElement;
  if (at === null || at === document.body) return false;
  const look = (one: Element) =>
    [undefined, '::after'].map((part) => {
      const { outlineStyle, outlineWidth, boxShadow, borderTopColor } = getComputedStyle(one, part);
      return [outlineStyle === 'none' ? '0px' : outlineWidth, boxShadow, borderTopColor].join(' ');
    });
  const differs = (one: Element) => {
    const without = one.cloneNode(false) as Element;
    one.after(without);
    const is = look(one).join() !== look(without).join();
    without.remove();
    return is;
  };
  const ringed = (one: Element | null) => one !== null && getComputedStyle(one).outlineStyle !== 'none';
  const around: Element[] = [];
  for (let one: Element | null = at; one && around.length < 5; one = one.parentElement) around.push(one);
  // A colour may be on its way.
  for (let frame = 0; frame < 60; frame += 1) {
    if (ringed(at) || ringed(at.nextElementSibling) || around.some(differs)) return true;
    await new Promise(requestAnimationFrame);
  }
  return false;
}
