import * as money from '@waybill/sdk/money';
import { contractDifferences } from './contract-terms.js';
import * as date from './dates.js';

/** A function of the language: what the engine runs, what the editor completes, what the reference lists. */
export interface LanguageFunction {
  /** As it is written: `$money.add`. */
  name: string;
  signature: string;
  summary: string;
  run: (...args: never[]) => unknown;
}

type Amount = string | number;
const many = (value: unknown): Amount[] => (value === undefined ? [] : Array.isArray(value) ? (value as Amount[]) : [value as Amount]);
const extreme = (values: unknown, sign: 1 | -1): string => {
  const all = many(values);
  if (all.length === 0) throw new money.MoneyError('there is no amount to choose from');
  return String(all.reduce((best, value) => (money.compare(value, best) * sign > 0 ? value : best)));
};

/** Every function beside JSONata's own. */
export const functionTable: readonly LanguageFunction[] = [
  { name: '$money.add', signature: '(a, b, …)', summary: 'The sum of the amounts', run: (...amounts: Amount[]) => money.add(...amounts) },
  {
    name: '$money.sum',
    signature: '(array)',
    summary: 'The sum of an array of amounts; "0" for none',
    run: (amounts: unknown) => money.sum(many(amounts)),
  },
  { name: '$money.subtract', signature: '(a, b)', summary: 'a less b', run: money.subtract },
  { name: '$money.multiply', signature: '(a, b)', summary: 'a times b, exact', run: money.multiply },
  {
    name: '$money.divide',
    signature: '(a, b, decimals, rounding)',
    summary: 'a divided by b, rounded once',
    run: (a: Amount, b: Amount, decimals: number, rounding?: money.Rounding) => money.divide(a, b, decimals, rounding),
  },
  {
    name: '$money.round',
    signature: '(a, decimals, rounding)',
    summary: 'a rounded; half-up, half-even, down or up',
    run: (a: Amount, decimals: number, rounding?: money.Rounding) => money.round(a, decimals, rounding),
  },
  { name: '$money.negate', signature: '(a)', summary: 'a with the other sign', run: money.negate },
  { name: '$money.absolute', signature: '(a)', summary: 'a without its sign', run: money.absolute },
  { name: '$money.compare', signature: '(a, b)', summary: '-1, 0 or 1', run: money.compare },
  { name: '$money.equals', signature: '(a, b)', summary: 'Are the values equal? "1.0" equals "1.00"', run: money.equals },
  { name: '$money.gt', signature: '(a, b)', summary: 'Is a greater than b?', run: (a: Amount, b: Amount) => money.compare(a, b) > 0 },
  { name: '$money.gte', signature: '(a, b)', summary: 'Is a at least b?', run: (a: Amount, b: Amount) => money.compare(a, b) >= 0 },
  { name: '$money.lt', signature: '(a, b)', summary: 'Is a less than b?', run: (a: Amount, b: Amount) => money.compare(a, b) < 0 },
  { name: '$money.lte', signature: '(a, b)', summary: 'Is a at most b?', run: (a: Amount, b: Amount) => money.compare(a, b) <= 0 },
  { name: '$money.isZero', signature: '(a)', summary: 'Is a zero?', run: money.isZero },
  { name: '$money.isNegative', signature: '(a)', summary: 'Is a less than zero?', run: money.isNegative },
  { name: '$money.max', signature: '(array)', summary: 'The greatest amount', run: (values: unknown) => extreme(values, 1) },
  { name: '$money.min', signature: '(array)', summary: 'The least amount', run: (values: unknown) => extreme(values, -1) },
  { name: '$money.minorUnits', signature: '(currency)', summary: 'Decimals of a currency by ISO 4217', run: money.minorUnits },
  { name: '$money.fromMinor', signature: '(minor, decimals)', summary: '12345 with 2 decimals is "123.45"', run: money.fromMinor },
  { name: '$money.toMinor', signature: '(a, decimals)', summary: '"123.45" with 2 decimals is "12345"', run: money.toMinor },
  {
    name: '$money.allocate',
    signature: '(a, weights, decimals)',
    summary: 'Parts by weight that sum to a exactly',
    run: (a: string, weights: unknown, decimals: number) => money.allocate(a, many(weights), decimals),
  },
  { name: '$date.fromUnix', signature: '(seconds, zone)', summary: 'The calendar date in a zone, UTC when not said', run: date.fromUnix },
  { name: '$date.instant', signature: '(seconds)', summary: 'The instant, ISO 8601', run: date.instant },
  { name: '$date.of', signature: '(instant, zone)', summary: 'The calendar date of an instant in a zone', run: date.of },
  { name: '$date.addDays', signature: '(date, n)', summary: 'n days later', run: date.addDays },
  { name: '$date.addMonths', signature: '(date, n)', summary: 'n months later', run: date.addMonths },
  { name: '$date.daysBetween', signature: '(from, to)', summary: 'Whole days from one date to another', run: date.daysBetween },
  { name: '$date.startOfMonth', signature: '(date)', summary: 'The first day of the month', run: date.startOfMonth },
  { name: '$date.endOfMonth', signature: '(date)', summary: 'The last day of the month', run: date.endOfMonth },
  { name: '$date.max', signature: '(a, b)', summary: 'The later date', run: date.max },
  { name: '$date.min', signature: '(a, b)', summary: 'The earlier date', run: date.min },
  {
    name: '$contractDifferences',
    signature: '(document, contracts)',
    summary:
      'Sentences on what the document says otherwise than the contracts: currency, days, price list, prices; none when it agrees with one',
    run: contractDifferences,
  },
];

/** What an expression is given beside its input, for the editor and the reference. */
export const bindingTable: readonly { name: string; summary: string }[] = [
  { name: '$source', summary: 'The record as the source sent it' },
  { name: '$enriched', summary: 'What the flow looked up' },
  { name: '$flow', summary: 'The flow: its name, source and target' },
  { name: '$delivery', summary: 'Facts about the delivery' },
  { name: '$revision', summary: "Order of this version among the document's versions" },
  { name: '$table', summary: '$table(name, by, asOf): the row valid on that day' },
  { name: '$require', summary: '$require(value, sentence): the value, or a master-data exception' },
  { name: '$fail', summary: '$fail(code, sentence): a transformation exception' },
];

/** JSONata's own functions that would make the same input give another output, or run text as code. */
export const refusedFunctions: readonly string[] = ['now', 'millis', 'random', 'shuffle', 'eval'];

/** JSONata's own functions, as they are: what the editor completes and explains. Numbers among them are doubles, so none is for money. */
export const plainFunctions: readonly { name: string; signature: string; summary: string }[] = [
  ['$abs', '(number)', 'Without its sign'],
  ['$append', '(array, array)', 'Two arrays as one'],
  ['$assert', '(condition, sentence)', 'Fails with the sentence when it is not so'],
  ['$average', '(array)', 'The mean of numbers'],
  ['$base64decode', '(text)', 'Text out of base 64'],
  ['$base64encode', '(text)', 'Text in base 64'],
  ['$boolean', '(value)', 'True or false, by the rules of JSONata'],
  ['$ceil', '(number)', 'The next whole number above'],
  ['$clone', '(value)', 'A copy'],
  ['$contains', '(text, pattern)', 'Does the text contain it?'],
  ['$count', '(array)', 'How many'],
  ['$decodeUrl', '(text)', 'An address without its % signs'],
  ['$decodeUrlComponent', '(text)', 'A part of an address without its % signs'],
  ['$distinct', '(array)', 'Each value once'],
  ['$each', '(object, function)', 'What the function says of every field'],
  ['$encodeUrl', '(text)', 'An address with % signs where they are needed'],
  ['$encodeUrlComponent', '(text)', 'A part of an address with % signs'],
  ['$error', '(sentence)', 'Fails with the sentence; $fail gives a code as well'],
  ['$exists', '(value)', 'Is there a value?'],
  ['$filter', '(array, function)', 'What the function says yes to; one item comes as itself'],
  ['$floor', '(number)', 'The next whole number below'],
  ['$formatBase', '(number, base)', 'A whole number in another base'],
  ['$formatInteger', '(number, picture)', 'A whole number by a picture'],
  ['$formatNumber', '(number, picture, options)', 'A number by a picture; not for money'],
  ['$fromMillis', '(millis, picture, zone)', 'Milliseconds since 1970 as an instant'],
  ['$join', '(array, separator)', 'Texts as one'],
  ['$keys', '(object)', 'Names of the fields'],
  ['$length', '(text)', 'Characters'],
  ['$lookup', '(object, key)', 'The value of a field by name'],
  ['$lowercase', '(text)', 'In small letters'],
  ['$map', '(array, function)', 'Each by the function; one item comes as itself'],
  ['$match', '(text, pattern)', 'What matches'],
  ['$max', '(array)', 'The greatest number; for money $money.max'],
  ['$merge', '(array)', 'Objects as one; a later field counts'],
  ['$min', '(array)', 'The least number; for money $money.min'],
  ['$not', '(value)', 'The opposite'],
  ['$number', '(value)', 'As a number; not for money'],
  ['$pad', '(text, width, char)', 'Padded to a width'],
  ['$parseInteger', '(text, picture)', 'A whole number out of a text'],
  ['$power', '(base, exponent)', 'A number to a power'],
  ['$reduce', '(array, function, start)', 'Folded to one value'],
  ['$replace', '(text, pattern, by, limit)', 'With something else in its place'],
  ['$reverse', '(array)', 'The other way round'],
  ['$round', '(number, decimals)', 'Rounded to the even neighbour; for money $money.round'],
  ['$sift', '(object, function)', 'The fields that the function says yes to'],
  ['$single', '(array, function)', 'The one item that the function says yes to; fails on more'],
  ['$sort', '(array, function)', 'Sorted'],
  ['$split', '(text, separator, limit)', 'Cut into parts'],
  ['$spread', '(object)', 'One object for each field'],
  ['$sqrt', '(number)', 'The square root'],
  ['$string', '(value, pretty)', 'As text'],
  ['$substring', '(text, start, length)', 'A part; the first character is 0'],
  ['$substringAfter', '(text, mark)', 'What comes after'],
  ['$substringBefore', '(text, mark)', 'What comes before'],
  ['$sum', '(array)', 'The sum of numbers as a double; for money $money.sum'],
  ['$toMillis', '(instant, picture)', 'An instant as milliseconds since 1970'],
  ['$trim', '(text)', 'Without spaces at the ends'],
  ['$type', '(value)', 'Its type, as a word'],
  ['$uppercase', '(text)', 'In capital letters'],
  ['$zip', '(array, array)', 'First with first, second with second'],
].map(([name, signature, summary]) => ({ name: name!, signature: signature!, summary: summary! }));
