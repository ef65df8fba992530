// The focus is never dropped: what is removed leaves it to what stands in its place, and a heading drawn anew takes it up.
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { render, screen, waitFor } from '@testing-library/react';
import { useKeptFocus } from './kept-focus.js';

interface Props {
  rows: readonly string[];
  heading?: string;
  dialog?: readonly string[];
  /** A row whose button runs, and one whose button is of no use any more. */
  runs?: string;
  over?: string;
}

function Rows({ rows, heading, dialog, runs, over }: Props) {
  useKeptFocus();
  return (
    <>
      <main>
        <h1 key={heading} tabIndex={-1}>
          {heading}
        </h1>
        <ul>
          {rows.map((row) => (
            <li key={row}>
              <input type="checkbox" aria-label={`Select ${row}`} />
              <button type="button" disabled={row === runs || row === over} data-loading={row === runs || undefined}>
                {row}
              </button>
            </li>
          ))}
        </ul>
        <a href="#rest">rest</a>
      </main>
      {dialog ? (
        <div role="dialog">
          {dialog.map((name) => (
            <button key={name} type="button">
              {name}
            </button>
          ))}
        </div>
      ) : null}
    </>
  );
}
const focus = (name: string) => screen.getByRole('button', { name }).focus();
/** What a browser does with an element that is disabled. */
const dropped = () => (document.activeElement as HTMLElement).blur();
const focused = (name: string, role = 'button') => waitFor(() => expect(document.activeElement).toBe(screen.getByRole(role, { name })));

describe('the focus', () => {
  afterEach(() => void jest.useRealTimers());

  it('of a control in a row that is removed is that of the same in the next, of the last that of the one before, and of the only one that of what is around', async () => {
    const { rerender } = render(<Rows rows={['one', 'two', 'three']} />);
    focus('two');
    rerender(<Rows rows={['one', 'three']} />);
    await focused('three');
    rerender(<Rows rows={['one']} />);
    await focused('one');
    rerender(<Rows rows={[]} />);
    await focused('rest', 'link');
  });

  it('of a button that runs is its own again when it is done, and that of what stands beside it where it is of no use any more', async () => {
    jest.useFakeTimers();
    const { rerender } = render(<Rows rows={['one', 'two']} />);
    focus('one');
    dropped();
    rerender(<Rows rows={['one', 'two']} runs="one" />);
    await jest.runAllTimersAsync();
    expect(document.activeElement).toBe(document.body);
    rerender(<Rows rows={['one', 'two', 'three']} />);
    await jest.runAllTimersAsync();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'one' }));
    dropped();
    rerender(<Rows rows={['one', 'two', 'three']} over="one" />);
    await jest.runAllTimersAsync();
    expect(document.activeElement).toBe(screen.getByRole('checkbox', { name: 'Select one' }));
  });

  it('of a heading that is drawn anew is that of the new one', async () => {
    const { rerender } = render(<Rows rows={['one']} heading="Loading" />);
    screen.getByRole('heading').focus();
    rerender(<Rows rows={['one']} heading="Loaded" />);
    await focused('Loaded', 'heading');
  });

  it('stays in a dialog while one is open, and is where it was when what opened it is gone', async () => {
    const { rerender } = render(<Rows rows={['one', 'two']} />);
    focus('one');
    rerender(<Rows rows={['one', 'two']} dialog={['cancel', 'remove']} />);
    focus('remove');
    rerender(<Rows rows={['one', 'two']} dialog={['cancel']} />);
    await focused('cancel');
    rerender(<Rows rows={['two']} />);
    await focused('two');
  });

  it('is let go by who presses beside everything', async () => {
    jest.useFakeTimers();
    const { rerender } = render(<Rows rows={['one', 'two']} />);
    focus('one');
    screen.getByRole('main').dispatchEvent(new MouseEvent('pointerdown', { bubbles: true }));
    dropped();
    rerender(<Rows rows={['two']} />);
    await jest.runAllTimersAsync();
    expect(document.activeElement).toBe(document.body);
  });
});
