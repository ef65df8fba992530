// Completion knows the fields where the cursor is, through variables and functions, from the sample, what was recorded, and the schema.
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from '@jest/globals';
import type { MappingFields } from '../../api/build.js';
import { complete, type CompletionWorld } from './completion.js';
import { knownFields, shareOf } from './known-fields.js';

const recorded: MappingFields = {
  payloads: 200,
  more: false,
  fields: [
    { root: 'source', path: ['lines', 'data', 'net'], types: ['number'], filled: 388, of: 400, example: '1250' },
    { root: 'source', path: ['memo'], types: ['null', 'string'], filled: 1, of: 200, example: '"thanks"' },
  ],
  source: {
    name: 's',
    schema: { properties: { rare: { type: ['string', 'null'], description: 'Seldom there.' }, memo: { type: 'string' } } },
  },
  targets: [],
  tables: [{ name: 'legal-entity', title: 'Legal entities', key: ['country'], columns: ['entity', 'zone'] }],
};
const world: CompletionWorld = {
  known: knownFields(
    { input: { id: 'in_1', lines: { data: [{ net: 5, 'tax code': 'A' }] } }, enriched: { customer: { vip: true } } },
    recorded,
  ),
  tables: recorded.tables,
};
/** What is offered at `|`. */
function offered(text: string, explicit = false) {
  const pos = text.indexOf('|');
  const result = complete(new CompletionContext(EditorState.create({ doc: text.replace('|', '') }), pos, explicit), world);
  return (result?.options ?? []).map(({ label, detail, apply, section }) => ({ label, detail, apply, section: typeof section === 'object' ? section.name : section })); // prettier-ignore
}
const labels = (text: string, explicit = false) => offered(text, explicit).map(({ label }) => label);

describe('fields', () => {
  it('stand with type, how often they are filled, and an example', () => {
    expect(offered('{"a": lines.data.n|}')).toEqual([
      { label: 'net', detail: 'number · 97% · 5', apply: 'net', section: 'Fields' },
      { label: 'tax code', detail: 'string · "A"', apply: '`tax code`', section: 'Fields' },
    ]);
    expect(offered('{"a": m|}')).toEqual(expect.arrayContaining([expect.objectContaining({ label: 'memo', detail: 'string · 1% · "thanks"' }), expect.objectContaining({ label: 'rare', detail: 'string' })])); // prettier-ignore
  });
  it('are found through variables, functions and what was looked up', () => {
    expect(labels('($l := lines.data; {"a": $l.|})')).toEqual(['net', 'tax code']);
    expect(labels('{"a": [$map(lines.data, function($x) { $x.| })]}')).toEqual(['net', 'tax code']);
    expect(labels('{"a": $enriched.customer.|}')).toEqual(['vip']);
    expect(labels('{"a": $table("legal-entity", {"country": "DE"}).|}')).toEqual(['entity', 'zone']);
  });
  it('are found in a text that is no expression yet', () => expect(labels('{"a": ( $source.lines.data.|')).toEqual(['net', 'tax code']));
  it('say how often in whole percent, and never all or nothing where it is not', () =>
    expect([shareOf(97, 100), shareOf(999, 1000), shareOf(1, 1000), shareOf(0, 5), shareOf(5, 5)]).toEqual([
      '97%',
      '>99%',
      '<1%',
      '0%',
      '100%',
    ]));
});

describe('functions, variables and tables', () => {
  it('come by $, from the table that the engine runs', () => {
    const found = offered('($mine := 1; {"a": $|})');
    expect(found.filter(({ section }) => section === 'Functions').map(({ label }) => label)).toEqual(expect.arrayContaining(['$money.add', '$map', '$table'])); // prettier-ignore
    expect(found.filter(({ section }) => section === 'Variables and tables').map(({ label }) => label)).toEqual(expect.arrayContaining(['$mine', '$source', '$enriched'])); // prettier-ignore
    expect(labels('{"a": $money.a|}')).toContain('$money.add');
  });
  it('come all together where nothing is typed and they are asked for', () => {
    expect(new Set(offered('{"a": |}', true).map(({ section }) => section))).toEqual(
      new Set(['Fields', 'Functions', 'Variables and tables']),
    );
    expect(labels('{"a": |}')).toEqual([]);
  });
  it('names of tables come inside of $table', () =>
    expect(offered('$table("l|')).toMatchObject([{ label: 'legal-entity', detail: 'by country' }]));
});
