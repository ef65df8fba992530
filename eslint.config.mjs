// What ESLint checks: mistakes that types let through, and the rules of STYLE.md that are Waybill's own (tools/boundaries/lint-rules.mjs).
// Rules that read types are oxlint's (.oxlintrc.json), layout is Prettier's; who may import whom is dependency-cruiser's (.dependency-cruiser.cjs).
import i18next from 'eslint-plugin-i18next';
import tseslint from 'typescript-eslint';
import { rules as waybillRules } from './tools/boundaries/lint-rules.mjs';

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/test/**'];
const frameworkSuffixes = ['controller', 'module', 'guard', 'filter', 'decorator', 'store', 'entity', 'worker'].map(
  (suffix) => `**/*.${suffix}.ts`,
);
const error = (...names) => Object.fromEntries(names.map((name) => [`waybill/${name}`, 'error']));

/** Attributes, properties and calls whose words a person reads, and what is written in them that is no word. */
const readAttributes = [
  ...[
    'above',
    'action',
    'actions',
    'afterLabel',
    'aside',
    'below',
    'leftSection',
    'marks',
    'rightSection',
    'alt',
    'aria-description',
    'aria-label',
    'aria-valuetext',
    'beforeLabel',
    'description',
    'empty',
    'error',
  ],
  ...['failure', 'header', 'label', 'lead', 'legend', 'name', 'none', 'nothingFound', 'nothingFoundMessage', 'placeholder', 'reasonLabel'],
  ...['title', 'validationError', 'verb', 'what', 'word'],
];
const readProperties = '^(about|description|group|header|label|meaning|means|nothing|placeholder|say|title|verb|word|words)$';
const readCalls = '^(done|failed)$';
const words = '/[A-Za-z]{2,} [A-Za-z]|^[A-Z][a-z]+/';

export default [
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      '.nx/**',
      '.waybill/**',
      'tools/boundaries/fixture/**',
      'apps/console/src/api/schema.d.ts',
      'clients/node/src/schema.ts',
      'apps/engine/src/platform/mail/letters.compiled.ts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { plugins: { waybill: { rules: waybillRules }, '@typescript-eslint': tseslint.plugin } },
  {
    files: ['**/*.{mjs,cjs,js}'],
    rules: {
      'no-undef': 'off',
      'no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-var': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // Loaded by the page as a classic script, before anything else.
  { files: ['apps/console/public/*.js'], rules: { 'no-var': 'off', 'no-unused-vars': ['error', { caughtErrors: 'none' }] } },
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      ...error('packages-by-name'),
    },
  },
  { files: ['{apps,clients,connectors,mappings}/**/*.{ts,tsx}'], ignores: tests, rules: error('money-is-no-float') },
  { files: ['connectors/sdk/src/money.ts'], rules: { 'waybill/money-is-no-float': 'off' } },
  {
    files: ['apps/engine/src/**/*.ts', 'clients/*/src/**/*.ts', 'connectors/*/src/**/*.ts', 'mappings/language/src/**/*.ts'],
    ignores: [...tests, 'apps/engine/src/config/**'],
    rules: error('settings-come-from-config'),
  },
  {
    files: ['apps/engine/src/**/*.ts'],
    ignores: [...tests, 'apps/engine/src/cli/**', 'apps/engine/src/main.ts'],
    rules: error('one-wide-line'),
  },
  {
    // A pure file of the engine: in a room, without a framework suffix. Connectors and the mapping language are pure throughout.
    files: [
      'apps/engine/src/{assurance,exceptions,intake,ledger,pipeline,catalog,canon,governance}/**/*.ts',
      'connectors/*/src/**/*.ts',
      'mappings/language/src/**/*.ts',
    ],
    ignores: [...tests, ...frameworkSuffixes, 'connectors/sdk/src/conformance/**'],
    rules: error('time-and-chance-are-arguments'),
  },
  {
    // Every text that a person reads goes through the language room, or German has a hole. What is data, code or a key is no text.
    files: ['apps/console/src/**/*.{ts,tsx}'],
    ignores: [...tests, 'apps/console/src/language/**', 'apps/console/src/api/**'],
    plugins: { i18next },
    rules: {
      'i18next/no-literal-string': [
        'error',
        {
          mode: 'jsx-only',
          'jsx-attributes': { include: readAttributes },
          'jsx-components': { exclude: ['Code', 'code'] },
          callees: { exclude: ['t', 'tIn', 'counted', 'rich', 'includes', 'startsWith', 'endsWith', 'localeCompare'] },
          // what stands alone: no letters, the name of the product, one word of code, an example of money or of a template
          words: {
            exclude: [
              '[^A-Za-z]+',
              'Waybill',
              '[A-Za-z]*[a-z0-9_.$/@&:=#*-]*[_.$/@&:=#*0-9-][A-Za-z0-9_.$/@&:=#*-]*',
              '[a-z]+',
              '[A-Z]{3} [0-9.]+',
              '\\W*\\{\\{.*',
            ],
          },
          message: 'A text of the console is said by t, counted or rich: apps/console/src/language/README.md.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: `Property[key.name=${readProperties.replace(/^/, '/')}/] > Literal[value=${words}]`,
          message: 'A text of the console is said by t or counted: apps/console/src/language/README.md.',
        },
        {
          selector: `CallExpression[callee.name=/${readCalls}/] > :matches(Literal[value=${words}], TemplateLiteral:has(TemplateElement[value.raw=/[A-Za-z]{2}/]))`,
          message: 'A text of the console is said by t or counted: apps/console/src/language/README.md.',
        },
        {
          selector:
            "CallExpression[callee.property.name='toLocaleString'], NewExpression[callee.object.name='Intl'] > Identifier.arguments[name='undefined'], NewExpression[callee.object.name='Intl'][arguments.length=0]",
          message: 'Numbers, dates and lists are written in the chosen language: give Intl the locale() of the language room.',
        },
        {
          selector:
            'CallExpression[callee.name=/^(t|rich)$/] > :first-child:not(Literal), CallExpression[callee.name=/^(counted|tIn)$/] > :nth-child(2):not(Literal)',
          message: 'A key is written out: the catalogue is checked against the code.',
        },
      ],
    },
  },
];
