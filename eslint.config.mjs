// What ESLint checks: mistakes that types let through, and the rules of STYLE.md that are Waybill's own (tools/boundaries/lint-rules.mjs).
// Layout is Prettier's; who may import whom is dependency-cruiser's (.dependency-cruiser.cjs).
import tseslint from 'typescript-eslint';
import { rules as waybillRules } from './tools/boundaries/lint-rules.mjs';

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/test/**'];
const frameworkSuffixes = ['controller', 'module', 'guard', 'filter', 'decorator', 'store', 'entity', 'worker'].map(
  (suffix) => `**/*.${suffix}.ts`,
);
const error = (...names) => Object.fromEntries(names.map((name) => [`waybill/${name}`, 'error']));

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
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
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
];
