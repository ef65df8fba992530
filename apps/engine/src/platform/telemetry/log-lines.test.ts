// What others write does not write our log: a name, a key or a vendor's words may hold ends of lines, of texts and of objects, and what a terminal
// takes for a command; each line is still one entry that we made, with all of it inside.
import { expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const forged = '{"level":"error","event":"forged"}';
const spellings = ['\n', '\r\n', '\r', '"}\n', '\\"}\\n', '\u2028', '\u2029', '\u0085', '\u001b[2K\u001b[1A', '\u001b]0;', '\u0007', '\b\b\b', '\v\f', '\0', '\ud800', '\u202e'].map((before) => `${before}${forged}${before}`); // prettier-ignore
const texts = Array.from({ length: 1_000 }, (_, n) => `${n} ${spellings[n % spellings.length]!}`);

/** The logger of the engine in a process of its own, as it is built: it writes to standard output. */
const program = (texts: readonly string[]): string => `
  const { makeLogger } = await import(${JSON.stringify(join(import.meta.dirname, '../../../dist/platform/telemetry/index.js'))});
  const log = makeLogger('debug');
  for (const text of ${JSON.stringify(texts)}) {
    const error = new Error(text);
    error.stack = text;
    log.warn({ event: 'attempt', key: text, [text]: 1, nested: { words: [text] }, error }, text);
  }`;

it('a thousand hostile texts are a thousand lines, and in them as they were', () => {
  const { stdout, status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-'], {
    input: program(texts),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect([status, stderr]).toEqual([0, '']);
  const lines = stdout.split('\n').slice(0, -1);
  expect(lines).toHaveLength(1_000);
  // Nothing that ends a line or moves a cursor stands there as it is.
  expect(stdout).not.toMatch(/[\0-\u0009\u000b-\u001f]/);
  lines.forEach((line, n) => {
    const entry = JSON.parse(line) as Record<string, unknown>;
    // Half a character cannot be written in UTF-8; everything else comes back as it was.
    const text = texts[n]!.replaceAll('\ud800', '\\ud800');
    const said = (value: unknown) => String(value).replaceAll('\ud800', '\\ud800').replaceAll('\ufffd', '\\ud800');
    expect(entry).toMatchObject({ level: 'warn', event: 'attempt', time: expect.any(String) });
    expect(said(entry['key'])).toBe(text);
    expect(said((entry['nested'] as { words: string[] }).words[0])).toBe(text);
  });
});
