import { SaxesParser } from 'saxes';

/** A type of an XSD as its JSON view knows it. */
interface XsdType {
  base?: string;
  fields: Map<string, { type: string; many: boolean }>;
  values: Set<string>;
  attributes: Map<string, string>;
  /** Text with attributes: `{ "value": …, "name": … }` in JSON. */
  text: boolean;
}

/**
 * A vendor's XSD as a check of the JSON that uses its names, as Intuit's API does: every field exists in the type, lists are lists, numbers, dates and
 * enumerations are what the XSD says, a reference is `{ value }`. Order of elements means nothing in JSON and is not looked at.
 */
export function xsdContract(files: readonly string[]): (type: string, value: unknown) => string[] {
  const types = new Map<string, XsdType>();
  for (const file of files) readTypes(file, types);

  function fieldOf(type: XsdType, name: string): { type: string; many: boolean } | undefined {
    const attribute = type.attributes.get(name);
    if (attribute !== undefined) return { type: attribute, many: false };
    return type.fields.get(name) ?? (type.base !== undefined && types.has(type.base) ? fieldOf(types.get(type.base)!, name) : undefined);
  }
  const valuesOf = (name: string): Set<string> => types.get(name)?.values ?? new Set();
  const primitiveOf = (name: string): string => {
    const type = types.get(name);
    return type?.base !== undefined ? primitiveOf(type.base) : name;
  };
  const isStructured = (name: string): boolean => {
    const type = types.get(name);
    return type !== undefined && (type.fields.size > 0 || (type.base !== undefined && isStructured(type.base)));
  };

  function check(typeName: string, value: unknown, at: string): string[] {
    const type = types.get(typeName);
    if (type && type.attributes.size > 0 && type.text) {
      const given = value as Record<string, unknown> | null;
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return [`${at} must be an object with "value"`];
      const strange = Object.keys(given).filter((name) => name !== 'value' && !type.attributes.has(name));
      const texts = Object.entries(given).filter(([, one]) => typeof one !== 'string').map(([name]) => name); // prettier-ignore
      return [
        ...(typeof given['value'] === 'string' && given['value'] !== '' ? [] : [`${at}/value is missing`]),
        ...strange.map((name) => `${at}/${name} is not known to ${typeName}`),
        ...texts.map((name) => `${at}/${name} must be text`),
      ];
    }
    if (!isStructured(typeName)) return primitive(typeName, value, at);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${at} must be an object`];
    return Object.entries(value).flatMap(([name, inner]) => {
      const field = fieldOf(type!, name);
      if (!field) return [`${at}/${name} is not known to ${typeName}`];
      if (!field.many) return check(field.type, inner, `${at}/${name}`);
      if (!Array.isArray(inner)) return [`${at}/${name} must be a list`];
      return inner.flatMap((one, index) => check(field.type, one, `${at}/${name}/${index}`));
    });
  }

  function primitive(typeName: string, value: unknown, at: string): string[] {
    const known = valuesOf(typeName);
    if (known.size > 0)
      return typeof value === 'string' && known.has(value) ? [] : [`${at} must be one of ${[...known].slice(0, 8).join(', ')}`];
    const base = primitiveOf(typeName);
    const wrong = (what: string): string[] => [`${at} must be ${what}, not ${JSON.stringify(value)}`];
    switch (base) {
      case 'xs:decimal':
        return typeof value === 'number' && Number.isFinite(value) ? [] : wrong('a number');
      case 'xs:int':
      case 'xs:integer':
      case 'xs:positiveInteger':
        return Number.isInteger(value) ? [] : wrong('a whole number');
      case 'xs:boolean':
        return typeof value === 'boolean' ? [] : wrong('true or false');
      case 'xs:date':
        return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) && Number.isFinite(Date.parse(value)) ? [] : wrong('a date');
      case 'xs:dateTime':
        return typeof value === 'string' && Number.isFinite(Date.parse(value)) ? [] : wrong('an instant');
      default:
        return typeof value === 'string' ? [] : wrong('text');
    }
  }

  return (type, value) => (types.has(type) ? check(type, value, '') : [`the schema knows no type ${type}`]);
}

function readTypes(text: string, types: Map<string, XsdType>): void {
  const parser = new SaxesParser({});
  const open: (XsdType | undefined)[] = [];
  const current = (): XsdType | undefined => open.findLast((type) => type !== undefined);
  parser.on('opentag', ({ name, attributes }) => {
    const attribute = (key: string): string | undefined => attributes[key] as string | undefined;
    const local = name.split(':').at(-1);
    const type = current();
    let begun: XsdType | undefined;
    if (local === 'complexType' || local === 'simpleType') {
      const named = attribute('name');
      begun = { fields: new Map(), values: new Set(), attributes: new Map(), text: false };
      if (named !== undefined) types.set(named, begun);
    } else if (type && local === 'element' && attribute('name') !== undefined) {
      const most = attribute('maxOccurs');
      type.fields.set(attribute('name')!, { type: attribute('type') ?? 'xs:anyType', many: most === 'unbounded' || Number(most ?? 1) > 1 });
    } else if (type && (local === 'extension' || local === 'restriction')) type.base = attribute('base') ?? 'xs:anyType';
    else if (type && local === 'simpleContent') type.text = true;
    else if (type && local === 'attribute' && attribute('name') !== undefined)
      type.attributes.set(attribute('name')!, attribute('type') ?? 'xs:string');
    else if (type && local === 'enumeration') type.values.add(attribute('value') ?? '');
    open.push(begun);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
}
