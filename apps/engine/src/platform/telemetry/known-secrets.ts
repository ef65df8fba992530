/** Shorter values would be found everywhere; a secret that short keeps nobody out. */
const lengthMin = 8;
const knownMax = 20_000;
const sealed = '[sealed]';

/**
 * The last line before a secret leaves this process in words: values that were put or opened here are known, and taken out of log lines, of what other
 * systems say, and of problems. What must not be in a text in the first place is kept out where the text is made.
 */
export class KnownSecrets {
  private readonly values = new Set<string>();
  private pattern: RegExp | undefined;

  remember(value: string): void {
    if (value.length < lengthMin) return;
    for (const form of formsOf(value)) {
      if (this.values.has(form) || this.values.size >= knownMax) continue;
      this.values.add(form);
      this.pattern = undefined;
    }
  }

  /** One that is over and replaced, such as an access token: what renews every hour would fill the list in time. */
  forget(value: string): void {
    for (const form of formsOf(value)) if (this.values.delete(form)) this.pattern = undefined;
  }

  /** The text without any of them. */
  hide(text: string): string {
    if (this.values.size === 0) return text;
    // Longer ones first: one may begin with another.
    this.pattern ??= new RegExp(
      [...this.values]
        .sort((a, b) => b.length - a.length)
        .map(literally)
        .join('|'),
      'g',
    );
    return text.replace(this.pattern, sealed);
  }
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** A value as it is, as JSON and a URL write it, and in base64, as Basic authentication has it after a name of any length. */
function formsOf(value: string): string[] {
  return [
    ...new Set([
      value,
      JSON.stringify(value).slice(1, -1),
      encodeURIComponent(value),
      ...[0, 1, 2].map((before) => insideBase64(value, before)),
    ]),
  ];
}

/** The digits that are the same whatever stands around the value, when so many bytes (modulo three) stand before it. */
function insideBase64(value: string, before: number): string {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value, 'utf8')]);
  const first = Math.ceil((before * 8) / 6);
  return bytes.toString('base64').slice(first, Math.floor((bytes.length * 8) / 6));
}

/** Those of this process. */
export const knownSecrets = new KnownSecrets();
