// A meter file is read whole: everything that is wrong at once, each with its line; what is left out has its default.
import { describe, expect, it } from '@jest/globals';
import { columnsOf } from './definition.js';
import { readMeterFile } from './meter-file.js';

const good = 'meter: calls\nevents: [call]\naggregate: sum\nvalue: /n\n';
const problems = (yaml: string) => readMeterFile(yaml).problems.map(({ path, line }) => [path, line]);

describe('readMeterFile', () => {
  it('completes what is left out', () => {
    expect(readMeterFile(good).definition).toEqual({
      meter: 'calls',
      description: '',
      events: ['call'],
      where: {},
      aggregate: 'sum',
      value: '/n',
      groupBy: {},
      window: 'hour',
      period: { every: 'month', startsOn: 1, timeZone: 'UTC' },
    });
    expect(readMeterFile(`${good}sealAfter: 36h\n`).definition).toMatchObject({ sealAfterMs: 129_600_000 });
  });

  it.each<[string, string, (string | number)[][]]>([
    ['no YAML', 'meter: [', [[undefined as never, 1]]],
    ['no map', '- a', [[undefined as never, 1]]],
    ['an aggregate without its value', 'meter: m\nevents: [e]\naggregate: max\n', [['/aggregate', 3]]],
    ['a count with a value', 'meter: m\nevents: [e]\naggregate: count\nvalue: /n\n', [['/value', 4]]],
    ['a pointer into a list', 'meter: m\nevents: [e]\naggregate: sum\nvalue: /list/0\n', [['/value', 4]]],
    ['a value that would hold another', `${good}where: { /a: 1, /a/b: 2 }\n`, [['/where', 5]]],
    ['a day that starts on a day', `${good}period:\n  every: day\n  startsOn: 3\n`, [['/period/startsOn', 7]]],
    ['a window that is longer than its period', `${good}window: month\nperiod: { every: day }\n`, [['/window', 5]]],
    ['an offset for a time zone', `${good}period: { timeZone: '+02:00' }\n`, [['/period/timeZone', 5]]],
    ['the 31st', `${good}period: { startsOn: 31 }\n`, [['/period/startsOn', 5]]],
    ['a field that is none', `${good}vlaue: /n\n`, [['/vlaue', 5]]],
    ['several at once', 'meter: M\nevents: []\naggregate: all\nlate: never\n', [['/meter', 1], ['/events', 2], ['/aggregate', 3], ['/late', 4]]],
  ])('tells %s', (_, yaml, told) => expect(problems(yaml)).toEqual(told)); // prettier-ignore

  it('makes of conditions one document, and of pointers paths', () => {
    const { definition } = readMeterFile(`${good}where: { /a/b: x, /a/c: 2, "/d~1e": true }\ngroupBy: { region: /geo/re"gion }\n`);
    expect(columnsOf(definition!)).toMatchObject({
      matches: '{"a":{"b":"x","c":2},"d/e":true}',
      valuePath: ['n'],
      dimensions: ['region'],
      paths: [['geo', 're"gion'], null, null, null, null],
      grain: 'hour',
    });
  });
});
