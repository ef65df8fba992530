// The list of messages is narrowed by chips and by typing, both with counts; an empty one says which filter leaves nothing; payloads are searched step by step, on purpose.
import { describe, expect, it, jest } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { createFakeEngine, problem } from '../../../test/fake-engine.js';
import { messages, now } from '../../../test/fixtures.js';
import { openConsole } from '../../../test/open-console.js';
import { compareAmounts } from '../../parts/money.js';

const table = () => screen.findByRole('table', { name: 'Messages' });
const rowsOf = (list: HTMLElement) => within(list).getAllByRole('row').slice(1);
const counted = (field: 'flow' | 'state', value: string) => messages.filter((message) => message[field] === value).length;
const flow = messages[0]!.flow;
const searched = (engine: ReturnType<typeof createFakeEngine>) =>
  engine.writes.filter(({ call }) => call === 'POST /v1/messages/payload-search').map(({ body }) => body as Record<string, unknown>);

describe('the list of messages', () => {
  it('offers in a chip how many messages each value has under the other filters', async () => {
    const { person, address } = openConsole(`/messages?flow=${flow}`);
    await table();
    await person.click(screen.getByRole('button', { name: /^State/ }));
    const posted = messages.filter((message) => message.flow === flow && message.state === 'posted').length;
    expect(posted).toBeGreaterThan(0);
    await person.click(await screen.findByRole('option', { name: `Posted ${posted}` }));
    await waitFor(() => expect(address()).toBe(`/messages?flow=${flow}&state=posted`));
    await waitFor(async () => expect(rowsOf(await table())).toHaveLength(posted));
  });

  it('is narrowed by typing, with the keyboard alone: names first, then values with counts; the text keeps the rest', async () => {
    const { person, address } = openConsole('/messages');
    await table();
    await person.keyboard('/fl');
    await screen.findByRole('option', { name: 'flow:' });
    await person.keyboard('{ArrowDown}{Enter}');
    const input = screen.getByRole('combobox', { name: 'Find messages' });
    expect(input).toHaveValue('flow:');
    await screen.findByRole('option', { name: `${flow} ${counted('flow', flow)}` });
    await person.keyboard(flow.slice(0, -2));
    await waitFor(() => expect(screen.getAllByRole('option')[0]).toHaveTextContent(flow));
    expect(address()).toBe('/messages');
    await person.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe(`/messages?flow=${flow}`));
    expect(input).toHaveValue('');
  });

  it('leaves values out behind a minus, one after the other, and each can be taken off again', async () => {
    const { person, address } = openConsole('/messages');
    await table();
    await person.keyboard('/-fl');
    await screen.findByRole('option', { name: '-flow:' });
    await person.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByRole('combobox', { name: 'Find messages' })).toHaveValue('-flow:');
    await screen.findByRole('option', { name: `${flow} ${counted('flow', flow)}` });
    await person.paste(flow);
    await person.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe(`/messages?flow=-${flow}`));
    await waitFor(async () => expect(rowsOf(await table())).toHaveLength(messages.length - counted('flow', flow)));
    await person.click(screen.getByRole('button', { name: new RegExp(`^Flow.*not ${flow}$`) }));
    await person.click(await screen.findByRole('option', { name: new RegExp(`^${flow}`), selected: true }));
    await waitFor(() => expect(address()).toBe('/messages'));
  });

  it('leaves values out by a chip as well, and says so', async () => {
    const { person, address } = openConsole('/messages?state=posted');
    await table();
    await person.click(screen.getByRole('button', { name: /^State/ }));
    await person.click(await screen.findByRole('radio', { name: 'Is not' }));
    await person.click(await screen.findByRole('option', { name: /^Posted/ }));
    await person.click(await screen.findByRole('option', { name: /^Held/ }));
    await waitFor(() => expect(address()).toBe('/messages?state=-posted,-held'));
    const left = messages.filter(({ state }) => !['posted', 'held'].includes(state)).length;
    await waitFor(async () => expect(rowsOf(await table())).toHaveLength(left));
    screen.getByRole('button', { name: /^State.*not Posted, not Held$/ });
  });

  it('is narrowed by how old, with examples, in words', async () => {
    const { person, address } = openConsole('/messages');
    await table();
    await person.keyboard('/age:');
    await screen.findByRole('option', { name: 'older than 24 h >24h' });
    screen.getByRole('option', { name: /^Up to a day/ });
    await person.keyboard('>12h');
    await screen.findByRole('option', { name: 'older than 12 h >12h' });
    await person.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/messages?age=%3E12h'));
    const old = messages.filter(({ receivedAt }) => now - Date.parse(receivedAt) > 12 * 3_600_000);
    expect(old.length).toBeGreaterThan(0);
    await waitFor(async () => expect(rowsOf(await table())).toHaveLength(old.length));
    screen.getByRole('button', { name: /^Age.*older than 12 h$/ });
  });

  it('is asked for with Enter at once, not after the pause of who types on', async () => {
    const { setTimeout: later } = globalThis;
    const never = (run: () => void, ms?: number, ...given: unknown[]) => (ms === 300 ? 0 : later(run, ms, ...given));
    const pauses = jest.spyOn(globalThis, 'setTimeout').mockImplementation(never as typeof setTimeout);
    try {
      const { person, address } = openConsole('/messages');
      await table();
      await person.keyboard('/INV{Enter}');
      await waitFor(() => expect(address()).toBe('/messages?q=INV'));
    } finally {
      pauses.mockRestore();
    }
  });

  it('is narrowed by how much, in words; without a currency it is compared in each', async () => {
    const { person, address } = openConsole('/messages');
    await table();
    await person.keyboard('/amount:>=20000{Enter}');
    await waitFor(() => expect(address()).toBe('/messages?amount=%3E%3D20000'));
    const large = messages.filter(({ amount }) => amount !== null && compareAmounts(amount.amount, '20000') >= 0);
    await waitFor(async () => expect(rowsOf(await table())).toHaveLength(large.length));
    await person.click(screen.getByRole('button', { name: /^Amount.*at least 20,000.00$/ }));
    await screen.findByText(/Without a currency the number is compared in the currency of each document/);
    await person.click(await screen.findByRole('option', { name: 'at least 20,000.00' }));
    await waitFor(() => expect(address()).toBe('/messages'));
    await person.click(screen.getByRole('button', { name: /^Amount/ }));
    await person.type(await screen.findByRole('textbox', { name: 'Amount' }), '1000..5000{Enter}');
    await waitFor(() => expect(address()).toContain('amount=1000..5000'));
  });

  it('says what it does not understand beside the field, with an example, and sends nothing', async () => {
    const { person, address } = openConsole('/messages');
    await table();
    const input = screen.getByRole('combobox', { name: 'Find messages' });
    for (const [typed, sentence] of [
      ['age:>yesterday', '“>yesterday” is no age. Write a number with m, h, d or w behind > or <, such as age:>24h.'],
      ['amount:>abc', '“>abc” is no amount. Write a number without separators of thousands, such as amount:>1000.'],
      ['-age:>24h', '“-age:>24h” is not understood: a minus stands before state:, flow:, entity:, currency:, or release: alone.'],
    ] as const) {
      // At once: what is half typed may be the beginning of a text.
      await person.clear(input);
      await person.paste(typed);
      await person.keyboard('{Enter}');
      await waitFor(() => expect(input).toHaveAccessibleDescription(sentence));
      expect([address(), (input as HTMLInputElement).value]).toEqual(['/messages', typed]);
    }
    // What is half typed is wrong only once it is left.
    await person.clear(input);
    await person.type(input, 'age:>2');
    expect(input).not.toHaveAccessibleDescription();
    await person.tab();
    await waitFor(() => expect(input).toHaveAccessibleDescription(/^“>2” is no age/));
    await person.type(input, 'h INV');
    await waitFor(() =>
      expect(input).toHaveAccessibleDescription(/^“age:>2h” is not set: choose what it offers, or press Enter behind it/),
    );
    await waitFor(() => expect(address()).toBe('/messages?q=INV'));
  });

  it('asks for nothing of an address that is not understood', async () => {
    const { engine } = openConsole('/messages?amount=abc&age=soon&release=x');
    const seen: string[] = [];
    engine.answer('GET /v1/messages', ({ request }) => (seen.push(new URL(request.url).search), { items: messages, next: null, count: messages.length }));
    await table();
    expect(seen.filter((search) => /amount|age=|release/.test(search))).toEqual([]);
  }); // prettier-ignore

  it('takes no text for a filter that it does not know, and offers nothing for it', async () => {
    const { person, address } = openConsole('/messages');
    await table();
    await person.keyboard('/nobody:x{Enter}');
    await waitFor(() => expect(address()).toBe('/messages?q=nobody:x'));
    expect(screen.queryByRole('option')).toBeNull();
  });

  it('offers what it knows when nothing could be counted', async () => {
    const engine = createFakeEngine();
    engine.answer('GET /v1/messages/facets', () => problem(503, 'UNAVAILABLE', 'The database does not answer.'));
    const { person } = openConsole('/messages', engine);
    await table();
    await person.click(screen.getByRole('button', { name: /^State/ }));
    await screen.findByRole('option', { name: 'Posted' });
  });

  it('that is empty says which filter leaves nothing, and takes that one away alone', async () => {
    const { person, address } = openConsole(`/messages?flow=${flow}&legalEntity=nowhere`);
    await screen.findByText('No messages match');
    await screen.findByText(/There are some without entity nowhere\./);
    await person.click(screen.getByRole('button', { name: 'Remove entity nowhere' }));
    await waitFor(() => expect(address()).toBe(`/messages?flow=${flow}`));
  });
});

describe('a search of payloads', () => {
  it('is set on purpose, stands in the address and as a chip, goes on to its end and says how far it is', async () => {
    const { person, address, engine } = openConsole(`/messages?flow=${flow}`);
    await table();
    await person.click(screen.getByRole('button', { name: 'Payload…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Find messages by their payload' });
    await person.click(within(dialog).getByRole('textbox', { name: /Piece of JSON/ }));
    await person.paste('{"customer": "C-1"}');
    await person.click(within(dialog).getByRole('button', { name: 'Search' }));
    await waitFor(() =>
      expect(decodeURIComponent(address()).replaceAll('+', ' ')).toBe(`/messages?flow=${flow}&payload={"customer": "C-1"}`),
    );
    await screen.findByText(new RegExp(`Looked through all ${messages.length} messages received`));
    screen.getByText(/No time is chosen, so the last 24 hours are searched\./);
    await person.click(screen.getByRole('button', { name: /^State/ }));
    await screen.findByText(/Counts are of the list without the search of payloads\./);
    await person.keyboard('{Escape}');
    expect(searched(engine)).toEqual([
      { flow, payload: '{"customer": "C-1"}' },
      { flow, payload: '{"customer": "C-1"}', cursor: expect.any(String) },
    ]);
    expect(rowsOf(await table())).toHaveLength(2);
    await person.click(screen.getByRole('button', { name: 'Remove this filter' }));
    await waitFor(() => expect(address()).toBe(`/messages?flow=${flow}`));
  });

  it('that is stopped asks no more until it is continued', async () => {
    const engine = createFakeEngine();
    let answer: (() => void) | undefined;
    const step = (next: string | null, looked: number) => ({ items: [], next, looked, of: 40_000, ofMore: true, unreadable: 1, from: '2026-05-01T00:00:00Z', to: '2026-05-02T00:00:00Z' });
    engine.answer('POST /v1/messages/payload-search', ({ body }) => {
      const { cursor } = body as { cursor?: string };
      if (cursor === undefined) return step('1', 2_000);
      if (cursor === '1') return new Promise((resolve) => (answer = () => resolve(step('2', 4_000))));
      return step(null, 40_000);
    });
    const { person } = openConsole('/messages?payload={"a":1}&from=2026-05-01T00:00:00Z', engine);
    await screen.findByText(/Looked through 2,000 of 40,000 messages/);
    await waitFor(() => expect(answer).toBeDefined());
    await person.click(screen.getByRole('button', { name: 'Stop' }));
    answer!();
    await screen.findByText(/Looked through 4,000 of 40,000 messages/);
    expect(searched(engine)).toHaveLength(2);
    screen.getByText(/There are more than 40,000 messages/);
    await person.click(await screen.findByRole('button', { name: 'Continue' }));
    await screen.findByText(/Looked through all 40,000 messages/);
    screen.getByText('No messages match');
    screen.getByText(/3 have payloads that cannot be searched/);
  }); // prettier-ignore

  it('of what is no JSON says where it is wrong, and leads back to it', async () => {
    const engine = createFakeEngine();
    engine.answer('POST /v1/messages/payload-search', () =>
      problem(400, 'PAYLOAD_FILTER_INVALID', 'Line 1, column 6: unexpected "}".', { path: '/payload' }),
    );
    const { person } = openConsole('/messages?payload={"a":}', engine);
    await screen.findByText('Line 1, column 6: unexpected "}".');
    await person.click(screen.getByRole('button', { name: 'Correct the piece of JSON…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Find messages by their payload' });
    expect(within(dialog).getByRole('textbox', { name: /Piece of JSON/ })).toHaveValue('{"a":}');
  });
});
