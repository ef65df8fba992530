import Handlebars from 'handlebars';

/**
 * Sentences meant for people, with holes: `No legal entity for {{source.customer_address.country}}`. Handlebars without helpers, partials
 * or blocks; a template is text, its context is plain data, and what comes out is text that nobody runs.
 */
const bars = Handlebars.create();
const helpers = Object.keys(bars.helpers);
for (const helper of helpers) bars.unregisterHelper(helper);
/** Handlebars takes its own helpers for known unless it is told otherwise: `{{log}}` would compile, and fail on the first document. */
const options = {
  knownHelpers: Object.fromEntries(helpers.map((name) => [name, false])),
  knownHelpersOnly: true,
  noEscape: true,
  strict: false,
} as const;
const compiled = new Map<string, Handlebars.TemplateDelegate>();
const sentenceMax = 1_000;

/** Why the template is not one, or undefined. */
export function sentenceProblem(template: unknown): string | undefined {
  if (typeof template !== 'string') return 'must be text';
  if (template.length > sentenceMax) return `may have ${sentenceMax} characters`;
  try {
    const tree = bars.parse(template);
    const odd = tree.body.find((part) => !['MustacheStatement', 'ContentStatement', 'CommentStatement'].includes(part.type));
    if (odd) return 'may only have {{fields}}, no blocks and no partials';
    const call = tree.body.find(
      (part) =>
        part.type === 'MustacheStatement' &&
        ((part as hbs.AST.MustacheStatement).params.length > 0 || (part as hbs.AST.MustacheStatement).hash),
    );
    if (call) return 'may only have {{fields}}, no helpers';
    bars.precompile(template, options);
    return undefined;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
}

export function sentence(template: string, context: Record<string, unknown>): string {
  if (sentenceProblem(template) !== undefined) return template;
  let render = compiled.get(template);
  if (!render) {
    render = bars.compile(template, options);
    if (compiled.size > 1_000) compiled.clear();
    compiled.set(template, render);
  }
  return render(context, { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false }).slice(0, 2_000);
}
