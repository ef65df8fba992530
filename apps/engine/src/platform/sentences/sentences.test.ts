// Sentences have holes for fields and nothing else: no code, no prototype, no tree in place of text.
import { describe, expect, it } from '@jest/globals';
import Handlebars from 'handlebars';
import { sentence, sentenceProblem } from './index.js';

describe('sentence', () => {
  it('fills in fields', () =>
    expect(sentence('No entity for {{source.country}}, {{enriched.missing}}!', { source: { country: 'BR' }, enriched: {} })).toBe(
      'No entity for BR, !',
    ));
  it('leaves markup as it is: it is text that nobody runs', () => expect(sentence('{{source.x}}', { source: { x: '<b>&' } })).toBe('<b>&'));
  it('reaches no prototype', () => {
    for (const path of [
      'source.constructor',
      'source.__proto__',
      'source.toString',
      'source.constructor.name',
      '__proto__',
      'source.hasOwnProperty',
      'constructor.constructor',
    ])
      expect(sentence(`[{{${path}}}]`, { source: { a: 1 } })).toBe('[]');
  });
  it('takes words that are helpers elsewhere for fields', () => expect(sentence('{{log}} {{if}}', { log: 'a', if: 'b' })).toBe('a b'));
  it('is cut at 2,000 characters', () => expect(sentence('{{x}}', { x: 'y'.repeat(5_000) })).toHaveLength(2_000));
});

describe('sentenceProblem', () => {
  it.each(['Plain', '{{a.b.c}}', '{{{a}}}', '{{! a comment }}'])('takes %s', (template) =>
    expect(sentenceProblem(template)).toBeUndefined(),
  );
  it.each([
    '{{#if a}}x{{/if}}',
    '{{#each a}}x{{/each}}',
    '{{> partial}}',
    '{{> (lookup . "x")}}',
    '{{#with a}}x{{/with}}',
    '{{a',
    '{{lookup a "b"}}',
    '{{log "x"}}',
    '{{helper a}}',
    '{{a b=1}}',
  ])('refuses %s', (template) => expect(sentenceProblem(template)).toEqual(expect.any(String)));
  it('refuses a tree in place of text', () => {
    const tree = Handlebars.parse('{{a}}');
    expect(sentenceProblem(tree)).toBe('must be text');
    expect(sentenceProblem({ type: 'Program', body: [] })).toBe('must be text');
    expect(sentence(tree as never, { a: 1 })).toBe(tree);
  });
  it('refuses what is too long', () => expect(sentenceProblem('x'.repeat(1_001))).toContain('1000'));
});
