import { misconfigured, rejected, type Json, type JsonObject } from '@waybill/sdk';
import { at, plainText } from './pointer.js';

/**
 * Templates: `{{/pointer}}` is a value of the document, `{{key}}` the posting key. Nothing else: no conditions, no loops, no code.
 * What a value may become depends on where it stands, so that no value can leave its place:
 * in a path it is percent-encoded, slashes too; in a header a line break is refused; in a body it is JSON.
 */
export type Place = 'path' | 'header' | 'body';

const hole = /\{\{\s*([^{}]*?)\s*\}\}/g;

export function fill(template: string, place: Place, of: { document: JsonObject; key: string }): string {
  return template.replace(hole, (_, name: string) => {
    if (name !== 'key' && !name.startsWith('/'))
      throw misconfigured({
        code: 'template-unknown',
        message: `{{${name}}} is neither {{key}} nor a JSON pointer such as {{/number}}.`,
        remedy: 'Correct the template in the connection.',
      });
    return encode(name === 'key' ? of.key : at(of.document, name), place, name);
  });
}

function encode(value: Json | undefined, place: Place, name: string): string {
  if (place === 'body') return JSON.stringify(value ?? null);
  const text = plainText(value);
  if (text === undefined || text === '' || (place === 'path' && /^\.{1,2}$/.test(text)))
    throw rejected({
      code: 'template-value-missing',
      category: 'transformation',
      message: `The ${place} needs a value at ${name}, and the document has none that fits.`,
      path: name,
      remedy: 'Give it in the mapping or correct the template.',
    });
  if (place === 'path') return encodeURIComponent(text);
  if (/[\r\n\0]/.test(text))
    throw rejected({
      code: 'header-injection',
      category: 'transformation',
      message: `The value at ${name} holds a line break and cannot stand in a header.`,
      path: name,
      remedy: 'Remove the line break in the mapping.',
    });
  return text;
}
