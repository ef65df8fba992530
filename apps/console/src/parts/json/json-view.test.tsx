// A document of many lines is one line for the Tab key; the arrow keys go through it.
import { describe, expect, it } from '@jest/globals';
import { MantineProvider } from '@mantine/core';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { JsonView } from './json-view.js';

describe('a document', () => {
  it('is left by Tab after one line, whichever was looked at last', async () => {
    const person = userEvent.setup();
    render(
      <MantineProvider env="test">
        <JsonView text='{"total":"12.50","lines":[1,2]}' label="Payload" />
        <button type="button">after</button>
      </MantineProvider>,
    );
    const focused = () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent;
    const stops: unknown[] = [];
    while (focused() !== 'after') {
      await person.tab();
      stops.push(focused());
    }
    expect(stops).toEqual(['Payload', 'Fold the document', 'Copy path ', 'Copy value', 'after']);
    screen.getByRole('region', { name: 'Payload' }).focus();
    const path: unknown[] = [];
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowUp']) {
      await person.keyboard(`{${key}}`);
      path.push(focused());
    }
    expect(path).toEqual([
      'Fold the document',
      'Copy path total',
      'Copy path lines',
      'Copy value',
      'Copy value',
      'Copy value',
      'Copy value',
    ]);
    await person.tab();
    expect(focused()).toBe('after');
  });
});
