// Waybill's own lint rules: what STYLE.md says about money, time, settings and packages, one rule each, with a sentence for whoever trips it.
// tools/boundaries/fixture has a file that breaks each, and a test that sees it red.
import { posix, relative, resolve, sep } from 'node:path';

/** A rule that refuses what its selectors find. */
const refuse = (sentence, selectors) => ({
  meta: { type: 'problem', schema: [], messages: { refused: sentence } },
  create: (context) =>
    Object.fromEntries(selectors.map((selector) => [selector, (node) => context.report({ node, messageId: 'refused' })])),
});

const call = (object, property) => `CallExpression[callee.object.name="${object}"][callee.property.name="${property}"]`;

/** The package that a path below the repository belongs to, or undefined. */
const packageOf = (path) => /^(?:(?:apps|clients|connectors)\/[^/]+|mappings\/language)(?=\/)/.exec(path)?.[0];

export const rules = {
  'settings-come-from-config': refuse(
    'The environment is read once, in apps/engine/src/config, and every problem is told at boot. Take the setting as an argument.',
    [
      'MemberExpression[object.name="process"][property.name="env"]',
      'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
      'ImportSpecifier[imported.name="env"]',
    ],
  ),

  'time-and-chance-are-arguments': refuse(
    'A pure file has no clock and no dice: take the time, the random number or the id as an argument, so that a test can say what it is.',
    [
      call('Date', 'now'),
      'NewExpression[callee.name="Date"][arguments.length=0]',
      'CallExpression[callee.name="Date"]',
      call('Math', 'random'),
      call('performance', 'now'),
      call('crypto', 'randomUUID'),
      call('crypto', 'getRandomValues'),
      'ImportDeclaration[source.value=/^(node:)?crypto$/] > ImportSpecifier[imported.name=/^random/]',
      'CallExpression[callee.name="newId"]',
    ],
  ),

  'money-is-no-float': refuse(
    'An amount is a decimal string. parseFloat and toFixed go through a binary float and lose digits; use `money` of @waybill/sdk.',
    ['CallExpression[callee.name="parseFloat"]', call('Number', 'parseFloat'), 'MemberExpression[property.name="toFixed"]'],
  ),

  'one-wide-line': refuse('The engine speaks through its logger, one wide line per event; only the command line prints. Ask for LOGGER.', [
    'MemberExpression[object.name="console"]',
  ]),

  /** Another package is known by its name, whose exports are its door; never by a path into it. */
  'packages-by-name': {
    meta: {
      type: 'problem',
      schema: [],
      messages: { refused: '{{path}} lies in another package. Import it by the name of that package, whose exports are its door.' },
    },
    create(context) {
      const check = (node) => {
        const path = node.source?.value;
        if (typeof path !== 'string' || !path.startsWith('.')) return;
        const file = relative(context.cwd, context.filename).split(sep).join(posix.sep);
        const target = relative(context.cwd, resolve(context.filename, '..', path))
          .split(sep)
          .join(posix.sep);
        const of = packageOf(target);
        if (of !== undefined && of !== packageOf(file)) context.report({ node, messageId: 'refused', data: { path } });
      };
      return { ImportDeclaration: check, ImportExpression: check, ExportNamedDeclaration: check, ExportAllDeclaration: check };
    },
  },
};
