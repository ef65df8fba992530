const textsMax = 400;
/** PostgreSQL takes 63 bytes of a name. It begins like its statement, so that whoever looks at a server or a wire sees what runs. */
const nameBeginsMax = 44;
/** A statement is prepared when it was used this often, and again at each tenfold. */
const usesMin = 20;

/**
 * Which statements are worth preparing. Parsing and planning a long statement costs the server more than running it on a few rows, so a text
 * that comes again and again gets a name, under which each connection prepares it once.
 *
 * A plan that was made for a table of a hundred rows is a bad one for a million, and the server makes a new one only when it has analysed the
 * table. So the name changes with each tenfold of uses, and the plan is made anew then. Pure.
 */
export class PreparedStatements {
  private readonly uses = new Map<string, { id: number; begins: string; count: number }>();
  private generation = 0;
  private ids = 0;

  /** The name to run the text under; undefined while it is not worth one. */
  nameOf(text: string): string | undefined {
    let used = this.uses.get(text);
    if (!used) {
      // Texts that are built of filters are many; who is not among the first comes too rarely to matter.
      if (this.uses.size >= textsMax) return undefined;
      used = { id: (this.ids += 1), begins: text.replace(/\s+/g, ' ').slice(0, nameBeginsMax), count: 0 };
      this.uses.set(text, used);
    }
    used.count += 1;
    if (used.count < usesMin) return undefined;
    return `${used.begins} #${used.id}.${this.generation}.${Math.floor(Math.log10(used.count / usesMin))}`;
  }

  /** Every statement is prepared anew: what it was prepared for has changed. */
  forget(): void {
    this.generation += 1;
  }
}
